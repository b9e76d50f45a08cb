/** Prints for each expected application what the real programs say about it: `node sandbox/scenario/check.ts [STATE FOLDER]`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { applicationKey } from "#lib/model/application.ts";
import type { SandboxContext } from "../context.ts";
import { getObject, helmHistory, kubectl, liveValue } from "./actions.ts";
import type { ExpectedApplication } from "./expected/application.ts";
import { expectedApplications } from "./expected.ts";
import { readReleases, scenarioReady, type StoredRelease } from "./ready.ts";
import { readSnapshot, type Snapshot } from "./tools/cluster.ts";
import { condition, field, fieldText, type KubeObject } from "./tools/objects.ts";
import { RunError } from "./tools/run.ts";

const kinds = {
  "flux-kustomization": "Kustomization",
  "flux-helmrelease": "HelmRelease",
  argocd: "Application",
} as const;

async function check(context: SandboxContext): Promise<number> {
  const [snapshot, releases, { waiting }] = await Promise.all([
    readSnapshot(context),
    readReleases(context),
    scenarioReady(context),
  ]);
  let wrong = 0;
  for (const expected of expectedApplications) {
    const evidence = await gather(context, expected, snapshot, releases);
    const drift = await driftEvidence(context, expected);
    const right = !waiting.includes(applicationKey(expected)) && drift.right;
    if (!right) wrong++;
    const verdict = `${expected.health} ${expected.sync} drift ${expected.drift.status}`;
    console.log(`${right ? "ok   " : "WRONG"} ${applicationKey(expected)}: ${verdict}`);
    for (const line of [...evidence, ...drift.lines]) console.log(`        ${line}`);
  }
  for (const key of waiting) console.log(`waiting for ${key}`);
  return wrong + waiting.length;
}

async function gather(
  context: SandboxContext,
  { engine, namespace, name }: ExpectedApplication,
  snapshot: Snapshot,
  releases: ReadonlyMap<string, StoredRelease>,
): Promise<string[]> {
  const lines: string[] = [];
  if (engine !== "helm" && engine !== "kubectl")
    lines.push(...describeObject(snapshot.get(kinds[engine], namespace, name)));
  const release = releases.get(`${namespace}/${name}`);
  if (release !== undefined && engine === "helm") {
    const history = await helmHistory(
      context,
      namespace,
      name,
      release.storage === "ConfigMap" ? "configmap" : "secret",
    );
    for (const { revision, status, chart, description } of history)
      lines.push(`revision ${revision}: ${status} ${chart} "${description}"`);
  }
  if (engine === "kubectl") {
    for (const object of [...snapshot.list("Deployment"), ...snapshot.list("CronJob")]) {
      if (object.metadata.namespace !== namespace || object.metadata.labels?.["app.kubernetes.io/part-of"] !== name)
        continue;
      const revision = object.metadata.annotations?.["deployment.kubernetes.io/revision"];
      const set = object.metadata.labels["applyset.kubernetes.io/part-of"];
      lines.push(
        [`${object.kind}/${object.metadata.name}`, revision && `at revision ${revision}`, set]
          .filter(Boolean)
          .join(" "),
      );
    }
  }
  return lines;
}

function describeObject(object: KubeObject | undefined): string[] {
  if (object === undefined) return ["does not exist"];
  if (object.kind === "Application") {
    const history = field(object, "status.history");
    return [
      `${fieldText(object, "status.health.status")} ${fieldText(object, "status.sync.status")}, ` +
        `operation ${fieldText(object, "status.operationState.phase")}, history ${Array.isArray(history) ? history.length : 0}`,
    ];
  }
  const lines = ["Ready", "Released", "Remediated", "Stalled", "Reconciling", "Healthy", "Drifted"].flatMap((type) => {
    const found = condition(object, type);
    return found ? [`${type} ${found.status} ${found.reason ?? ""}: ${(found.message ?? "").slice(0, 160)}`] : [];
  });
  const history = field(object, "status.history");
  const applied = fieldText(object, "status.lastAppliedRevision") ?? fieldText(object, "status.history.0.chartVersion");
  return [...lines, `applied ${applied ?? "nothing"}, history ${Array.isArray(history) ? history.length : 0}`];
}

async function driftEvidence(
  context: SandboxContext,
  { drift }: ExpectedApplication,
): Promise<{ right: boolean; lines: string[] }> {
  if (drift.status !== "Drifted") return { right: true, lines: [] };
  const object = await getObject(context, drift.kind, drift.namespace, drift.name);
  if (drift.field === undefined)
    return { right: object === undefined, lines: [`${drift.kind}/${drift.name} is ${object ? "there" : "gone"}`] };
  const live = await liveValue(context, drift);
  const managers = await managersOf(context, drift);
  const right = live === drift.live && (drift.manager === undefined || managers.includes(drift.manager));
  return {
    right,
    lines: [`${drift.kind}/${drift.name} ${drift.field} is ${live ?? "absent"}, managers ${managers.join(", ")}`],
  };
}

async function managersOf(
  context: SandboxContext,
  drift: { kind: string; namespace: string; name: string },
): Promise<string[]> {
  const paths = '{range .metadata.managedFields[*]}{.manager}{"\\n"}{end}';
  const args = [
    "get",
    drift.kind,
    drift.name,
    "-n",
    drift.namespace,
    "--show-managed-fields",
    "-o",
    `jsonpath=${paths}`,
  ];
  const { stdout } = await kubectl(context, args);
  return stdout.trim().split("\n");
}

const folder = process.argv[2] ?? join(process.cwd(), ".sandbox", "default");
const context = JSON.parse(readFileSync(join(folder, "sandbox.json"), "utf8")) as SandboxContext;
try {
  process.exitCode = (await check(context)) === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof RunError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
