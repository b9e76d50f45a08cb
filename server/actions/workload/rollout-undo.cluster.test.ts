import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getIn } from "#lib/diff/json.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { logIn, type Person, until } from "../testing/person.ts";

// Against the sandbox: pairs of the same workload, one undone by Driftglass and one by `kubectl rollout undo`. Both must be the same afterwards.
const namespace = "rollout-test";
const kinds = ["Deployment", "StatefulSet", "DaemonSet"] as const;
type Kind = (typeof kinds)[number];

let admin: Person;
let folder = "";
const name = (kind: Kind, who: "ours" | "theirs"): string => `${kind.toLowerCase()}-${who}`;
const unit = (kind: Kind): ApplicationRef => ({ engine: "kubectl", namespace, name: name(kind, "ours") });

const workload = (kind: Kind, who: "ours" | "theirs", version: number): object => ({
  apiVersion: "apps/v1",
  kind,
  metadata: { name: name(kind, who), namespace },
  spec: {
    ...(kind !== "DaemonSet" && { replicas: 1 }),
    ...(kind === "StatefulSet" && { serviceName: "none" }),
    selector: { matchLabels: { app: name(kind, who) } },
    template: {
      metadata: {
        labels: { app: name(kind, who) },
        // What only one of the versions has must come and go with it.
        ...(version === 2 && { annotations: { two: "yes" } }),
      },
      spec: {
        containers: [
          {
            name: "app",
            image: `registry.example.com/app:${version}`,
            ...(version === 1 && { env: [{ name: "ONE", value: "yes" }] }),
          },
          ...(version === 2 ? [{ name: "side", image: "registry.example.com/side:1" }] : []),
        ],
      },
    },
  },
});

async function get(kind: Kind, who: "ours" | "theirs"): Promise<KubeObject> {
  return JSON.parse(
    await admin.run("kubectl", "get", kind.toLowerCase(), name(kind, who), "-n", namespace, "-o", "json"),
  ) as KubeObject;
}

async function apply(version: number): Promise<void> {
  const items = kinds.flatMap((kind) => (["ours", "theirs"] as const).map((who) => workload(kind, who, version)));
  const file = join(folder, "manifests.json");
  await writeFile(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  await admin.run("kubectl", "apply", "-f", file);
  // The next version has to wait for the controllers, which would skip this one otherwise.
  await until(async () => {
    const all = await Promise.all(kinds.flatMap((kind) => [get(kind, "ours"), get(kind, "theirs")]));
    return all.every((object) => getIn(object, "status", "observedGeneration") === object.metadata.generation);
  });
}

beforeAll(async () => {
  admin = await logIn("admin");
  folder = await mkdtemp(join(tmpdir(), "driftglass-rollout-"));
  await admin.run("kubectl", "create", "namespace", namespace);
  for (const version of [1, 2, 3]) await apply(version);
  await until(() => admin.view.ready());
}, 120_000);
afterAll(async () => {
  await admin.run("kubectl", "delete", "namespace", namespace, "--wait=false");
  await admin.view.close();
  await rm(folder, { recursive: true });
});

/** The history's id of the rollout with this image; with three versions there are three. */
async function rollout(kind: Kind, image: string): Promise<string> {
  const find = async (): Promise<string | undefined> =>
    (await admin.view.history(unit(kind)))?.items.find(({ message }) => message?.includes(image))?.id;
  await until(async () => (await find()) !== undefined && (await admin.view.history(unit(kind)))?.items.length === 3);
  return (await find()) ?? "";
}

const revisionOf = (id: string): string => /(\d+)$/.exec(id)?.[1] ?? "";

describe.each(kinds)("a %s", (kind) => {
  it("is previewed and rolled back to what kubectl rollout undo makes of its twin", async () => {
    for (const version of [1, 2]) {
      const id = await rollout(kind, `app:${version}`);
      const before = await get(kind, "ours");
      const preview = await admin.act(unit(kind), "rollback", { revision: id, preview: true });
      expect(preview).toMatchObject({ accepted: true, changes: [{ ref: { kind }, change: "changed" }] });
      expect(preview.changes?.[0]?.to).toContain(`registry.example.com/app:${version}`);
      expect((await get(kind, "ours"))["spec"]).toEqual(before["spec"]);

      await admin.act(unit(kind), "rollback", { revision: id });
      const target = `${kind.toLowerCase()}/${name(kind, "theirs")}`;
      await admin.run("kubectl", "rollout", "undo", target, "-n", namespace, `--to-revision=${revisionOf(id)}`);
      const [ours, theirs] = await Promise.all([get(kind, "ours"), get(kind, "theirs")]);
      const template = (object: KubeObject): string => JSON.stringify(getIn(object, "spec", "template"));
      expect(template(ours)).toBe(template(theirs).replaceAll(name(kind, "theirs"), name(kind, "ours")));
      expect(template(ours)).toContain(`registry.example.com/app:${version}`);
      await until(
        async () =>
          getIn(await get(kind, "ours"), "status", "observedGeneration") ===
          (await get(kind, "ours")).metadata.generation,
      );
    }
  }, 120_000);
});
