import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { annotationDomain } from "#lib/model/annotations.ts";
import type { History } from "#lib/api/application-contract.ts";
import type { Application } from "#lib/model/application.ts";
import { getObject } from "../sandbox/scenario/actions.ts";
import { logIn, startFaultyDashboard, type Client, type FaultyDashboard } from "./faults/faulty-dashboard.ts";
import { expect, login, sandbox, test } from "./fixtures.ts";

/** One application of each engine whose rollback takes more than a moment, and what of it must be as before in the end. */
const units = [
  { unit: "flux-kustomization/flux-system/doc-router-staging", kind: "kustomizations.kustomize.toolkit.fluxcd.io" },
  { unit: "helm/platform/metrics-relay", kind: undefined },
] as const;

test.describe("a Driftglass that is killed in the middle of a rollback", () => {
  test.describe.configure({ timeout: 240_000 });

  for (const { unit, kind } of units)
    test(`leaves nothing of ${unit} that can't be seen and put right`, async () => {
      const first = await startFaultyDashboard(sandbox, "killed");
      const before = await specOf(kind, unit);
      try {
        const client = await logIn(first.dashboard.url, login("admin"));
        const revision = await poll(
          async () => (await historyOf(first, client, unit)).items.find((one) => one.restorable && !one.current)?.id,
        );
        const asked = client.act(unit, "rollback", { revision }).catch(() => undefined);
        // Long enough for the first write, too short for the last.
        await sleep(400);
        kill(first);
        await asked;
      } finally {
        await first.stop();
      }

      const second = await startFaultyDashboard(sandbox, "after");
      try {
        const client = await logIn(second.dashboard.url, login("admin"));
        const row = async (): Promise<Application> => {
          const list = await client.list();
          const found = list.items.find(({ engine, namespace, name }) => `${engine}/${namespace}/${name}` === unit);
          if (!found) throw new Error(`${unit} is not in the list`);
          return found;
        };
        await expect.poll(async () => (await client.list()).connection.state, { timeout: 60_000 }).toBe("live");
        // Whatever the first one has left: it is taken back by what the page offers for such a state.
        await expect
          .poll(
            async () => {
              const { hold, suspended, operation, health } = await row();
              if (hold !== undefined) return (await client.act(unit, "release-hold", {})).status;
              if (suspended) return (await client.act(unit, "resume", {})).status;
              if (health.reason?.startsWith("pending-") === true) {
                const back = (await historyOf(second, client, unit)).items.find((one) => one.restorable)?.id;
                return (await client.act(unit, "rollback", { revision: back })).status;
              }
              return operation?.phase === "Running" ? "running" : "as it was";
            },
            { timeout: 120_000, intervals: [2_000] },
          )
          .toBe("as it was");
        await expect.poll(async () => (await row()).health.status, { timeout: 120_000 }).toBe("Healthy");
        if (kind !== undefined) expect(await specOf(kind, unit)).toEqual(before);
      } finally {
        await second.stop();
      }
    });
});

/** What somebody wrote of an application, and whether anything of a hold is left on it. */
async function specOf(kind: string | undefined, unit: string): Promise<unknown> {
  if (kind === undefined) return undefined;
  const [, namespace = "", name = ""] = unit.split("/");
  const object = (await getObject(sandbox, kind, namespace, name)) as
    | { spec: unknown; metadata: { annotations?: Record<string, string> } }
    | undefined;
  const holds = Object.keys(object?.metadata.annotations ?? {}).filter((key) => key.startsWith(`${annotationDomain}/`));
  return { spec: object?.spec, holds };
}

async function historyOf({ dashboard }: FaultyDashboard, { cookie }: Client, unit: string): Promise<History> {
  const answer = await fetch(`${dashboard.url}/api/v1/applications/${unit}/history`, { headers: { cookie } });
  return answer.ok ? ((await answer.json()) as History) : { items: [] };
}

async function poll<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 60; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(500);
  }
  throw new Error("nothing within half a minute");
}

/** Ends the server itself at once, as a node that loses power would; not only what started it. */
function kill({ dashboard }: FaultyDashboard): void {
  const { pid } = dashboard.process;
  if (pid === undefined) throw new Error("the server has no process");
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  for (const child of children.split(" ").filter((one) => one !== "")) process.kill(Number(child), "SIGKILL");
  dashboard.process.kill("SIGKILL");
}
