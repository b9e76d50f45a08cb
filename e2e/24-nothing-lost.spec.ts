import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { History } from "#lib/api/application-contract.ts";
import { annotationDomain, holdAnnotation } from "#lib/model/annotations.ts";
import type { Application } from "#lib/model/application.ts";
import type { Revision } from "#lib/model/revision.ts";
import { getObject, kubectl } from "../sandbox/scenario/actions.ts";
import { field } from "../sandbox/scenario/tools/objects.ts";
import { run } from "../sandbox/scenario/tools/run.ts";
import { logIn, startFaultyDashboard, type Client, type FaultyDashboard } from "./faults/faulty-dashboard.ts";
import { killMidway, type Midway } from "./faults/kill.ts";
import { expect, login, sandbox, test } from "./fixtures.ts";

/** How an action is broken off half done, what is seen of that afterwards, and what puts it right. */
interface BrokenOff {
  readonly unit: string;
  /** Makes something to do for the action. @param earlier as `body` has it */
  readonly prepare?: (client: Client, earlier: string) => Promise<unknown>;
  /** @param earlier the newest revision that can be restored and is not the current one */
  readonly body: (earlier: string) => object;
  readonly midway: Midway;
  /** What the list must say after the restart, where the action leaves something behind. */
  readonly shown?: { readonly held?: true; readonly suspended?: true; readonly reason?: string };
  /** What takes it back, or makes it whole. @param current the revision that was current before */
  readonly mend: (current: string) => { action: string; body: object };
  /** Type of the object whose spec must be as it was, in the end. */
  readonly object?: string;
}

const flux = "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations";
const sources = "/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system";
const apps = "/apis/apps/v1/namespaces";
const argo = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications";

const annotation =
  (name: string): Midway["reached"] =>
  (now, before) =>
    field(now, `metadata.annotations["${name}"]`) !== field(before, `metadata.annotations["${name}"]`);
/** A field that is not what it was. */
const changed =
  (path: string): Midway["reached"] =>
  (now, before) =>
    JSON.stringify(field(now, path)) !== JSON.stringify(field(before, path));
const namesOf = (list: unknown): unknown[] =>
  (field(list, "items") as unknown[]).map((item) => field(item, "metadata.name"));
/** Helm writes down what it is going to do before it does it. */
const pending = (namespace: string, release: string): Midway => ({
  path: `/api/v1/namespaces/${namespace}/secrets?labelSelector=owner%3Dhelm,name%3D${release},status%3Dpending-rollback`,
  // What was broken off before stays pending in the history, until that is full.
  reached: (now, before) => namesOf(now).some((name) => !namesOf(before).includes(name)),
});
const requested = annotation("reconcile.fluxcd.io/requestedAt");
const rollback = {
  body: (earlier: string): object => ({ revision: earlier }),
  mend: (current: string) => ({ action: "rollback", body: { revision: current } }),
};
const hold = {
  ...rollback,
  shown: { held: true },
  mend: () => ({ action: "release-hold", body: {} }),
} as const;
const sync = (body: object = {}): Pick<BrokenOff, "body" | "mend"> => ({
  body: () => body,
  mend: () => ({ action: "sync", body }),
});

const rollbacks: readonly BrokenOff[] = [
  {
    ...hold,
    unit: "flux-kustomization/flux-system/doc-router-staging",
    midway: { path: `${flux}/doc-router-staging`, reached: annotation(holdAnnotation) },
    object: "kustomizations.kustomize.toolkit.fluxcd.io",
  },
  {
    ...hold,
    unit: "flux-helmrelease/platform/gateway",
    midway: pending("platform", "gateway"),
    shown: { held: true, suspended: true },
    object: "helmreleases.helm.toolkit.fluxcd.io",
  },
  {
    ...hold,
    unit: "argocd/argocd/storefront",
    midway: { path: `${argo}/storefront`, reached: annotation(holdAnnotation) },
    object: "applications.argoproj.io",
  },
  {
    ...rollback,
    unit: "helm/platform/metrics-relay",
    midway: pending("platform", "metrics-relay"),
    shown: { reason: "pending-rollback" },
  },
  {
    ...rollback,
    unit: "kubectl/team-a/landing-page",
    midway: { path: `${apps}/team-a/deployments/landing-page`, reached: changed("spec.template") },
    object: "deployments.apps",
  },
];

const syncs: readonly BrokenOff[] = [
  {
    ...sync({ withSource: true }),
    unit: "flux-kustomization/flux-system/doc-router-staging",
    midway: { path: `${sources}/gitrepositories/doc-router`, reached: requested },
  },
  {
    ...sync({ withSource: true }),
    unit: "flux-helmrelease/platform/gateway",
    midway: { path: `${sources}/helmrepositories/house-charts`, reached: requested },
  },
  {
    ...sync(),
    unit: "argocd/argocd/storefront",
    midway: { path: `${argo}/storefront`, reached: changed("status.operationState.startedAt") },
  },
  {
    ...sync(),
    unit: "helm/platform/metrics-relay",
    midway: pending("platform", "metrics-relay"),
    shown: { reason: "pending-rollback" },
    mend: rollback.mend,
  },
  {
    ...sync(),
    unit: "kubectl/billing/exchange-rates",
    prepare: () => kubectl(sandbox, ["scale", "deployment", "exchange-rates", "-n", "billing", "--replicas=2"]),
    midway: { path: `${apps}/billing/deployments/exchange-rates`, reached: changed("spec.replicas") },
    object: "deployments.apps",
  },
];

/** The other engines' holds end with a single write, which is there or is not. */
const releases: readonly BrokenOff[] = [
  {
    ...hold,
    unit: "flux-kustomization/flux-system/doc-router-staging",
    prepare: async (client, earlier) => {
      const unit = "flux-kustomization/flux-system/doc-router-staging";
      const answer = await client.act(unit, "rollback", { revision: earlier });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      await expect.poll(async () => (await rowOf(client, unit)).hold !== undefined, { timeout: 30_000 }).toBe(true);
    },
    body: () => ({}),
    midway: { path: `${sources}/gitrepositories/doc-router`, reached: changed("spec.ref") },
    object: "kustomizations.kustomize.toolkit.fluxcd.io",
  },
];

test.describe("a Driftglass that is killed", () => {
  test.describe.configure({ mode: "serial", timeout: 180_000 });
  let own: FaultyDashboard;
  let client: Client;
  let starts = 0;
  const before = new Map<BrokenOff, { current: string; spec: unknown }>();

  const start = async (): Promise<void> => {
    own = await startFaultyDashboard(sandbox, `killed-${(starts += 1)}`);
    client = await logIn(own.dashboard.url, login("admin"));
    await expect.poll(async () => (await client.list()).connection.state, { timeout: 60_000 }).toBe("live");
  };
  test.beforeAll(async () => {
    await start();
    // What a first try has left that was broken off itself.
    for (const { unit } of rollbacks)
      await expect(async () => {
        if ((await rowOf(client, unit)).hold === undefined) return;
        await client.act(unit, "release-hold", {});
        throw new Error(`${unit} is still held`);
      }).toPass({ timeout: 60_000, intervals: [1_000] });
  });
  test.afterAll(() => own.stop());

  for (const [action, units] of Object.entries({
    rollback: rollbacks,
    sync: syncs,
    "release-hold": releases,
  })) {
    for (const each of units)
      test(`in the middle of a ${action} of ${each.unit} shows what that has left, once it is back`, async () => {
        const items = await historyOf(own, client, each.unit);
        const current = items.find((one) => one.current)?.id ?? "";
        const earlier = items.find((one) => one.restorable && !one.current)?.id ?? "";
        before.set(each, { current, spec: await specOf(each) });
        await each.prepare?.(client, earlier);
        await killMidway(sandbox, own, each.midway, () => client.act(each.unit, action, each.body(earlier)));
        await own.stop();
        await start();
        await expect
          .poll(async () => {
            const { hold, suspended, health } = await rowOf(client, each.unit);
            return { held: hold !== undefined, suspended, reason: health.reason };
          })
          .toMatchObject(each.shown ?? {});
      });

    test(`in the middle of a ${action} leaves nothing that the page can't put right`, async () => {
      for (const each of units)
        await test.step(each.unit, async () => {
          const { current = "", spec } = before.get(each) ?? {};
          const mend = each.mend(current);
          await expect(async () => {
            const answer = await client.act(each.unit, mend.action, mend.body);
            expect(answer.status, JSON.stringify(answer.body)).toBe(200);
          }).toPass({ timeout: 90_000, intervals: [1_000] });
          const state = async (): Promise<unknown> => {
            const { health, operation, hold } = await rowOf(client, each.unit);
            return { health: health.status, running: operation?.phase === "Running", held: hold !== undefined };
          };
          const well = { health: "Healthy", running: false, held: false };
          await expect.poll(state, { timeout: 90_000 }).toEqual(well);
          expect(await specOf(each)).toEqual(spec);
        });
    });
  }

  test("in the middle of an uninstall shows the release as it is, and uninstalls the rest when it is asked again", async () => {
    const chart = join(sandbox.stateDirectory, "scenario", "packages", "web-service-1.4.0.tgz");
    await run(sandbox, "helm", ["upgrade", "--install", "leftover", chart, "-n", "platform"]);
    const unit = "helm/platform/leftover";
    await expect.poll(async () => (await findRow(client, unit))?.health.status, { timeout: 60_000 }).toBe("Healthy");
    const path = "/api/v1/namespaces/platform/secrets?labelSelector=owner%3Dhelm,name%3Dleftover,status%3Duninstalling";
    const midway: Midway = { path, reached: (now) => namesOf(now).length > 0 };
    await killMidway(sandbox, own, midway, () => client.act(unit, "uninstall", {}));
    await own.stop();
    await start();
    await expect.poll(async () => (await findRow(client, unit))?.health.reason).toBe("uninstalling");
    await expect(async () => {
      const answer = await client.act(unit, "uninstall", {});
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    }).toPass({ timeout: 90_000, intervals: [1_000] });
    await expect.poll(() => findRow(client, unit), { timeout: 60_000 }).toBeUndefined();
    expect(await getObject(sandbox, "deployment", "platform", "leftover")).toBeUndefined();
  });
});

async function findRow(client: Client, unit: string): Promise<Application | undefined> {
  const { items } = await client.list();
  return items.find(({ engine, namespace, name }) => `${engine}/${namespace}/${name}` === unit);
}

async function rowOf(client: Client, unit: string): Promise<Application> {
  const row = await findRow(client, unit);
  if (!row) throw new Error(`${unit} is not in the list`);
  return row;
}

/** What somebody has written of an application, and whether anything of a hold is left on it. */
async function specOf({ object, unit }: BrokenOff): Promise<unknown> {
  if (object === undefined) return undefined;
  const [, namespace = "", name = ""] = unit.split("/");
  const live = await getObject(sandbox, object, namespace, name);
  const holds = Object.keys(live?.metadata.annotations ?? {}).filter((key) => key.startsWith(`${annotationDomain}/`));
  return { spec: live?.["spec"], holds };
}

/** The history, once it is there. */
async function historyOf({ dashboard }: FaultyDashboard, { cookie }: Client, unit: string): Promise<Revision[]> {
  for (let tries = 0; tries < 60; tries += 1) {
    const answer = await fetch(`${dashboard.url}/api/v1/applications/${unit}/history`, { headers: { cookie } });
    const { items } = answer.ok ? ((await answer.json()) as History) : { items: [] };
    if (items.length > 0) return items;
    await sleep(500);
  }
  throw new Error(`${unit} has no history within half a minute`);
}
