import { createHash } from "node:crypto";
import { getIn, isRecord } from "#lib/diff/json.ts";
import { refOf } from "#lib/diff/manifest-object.ts";
import { parseInventoryId } from "#lib/model/inventory.ts";
import { formatApiVersion, parseApiVersion, resourceKey } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { cachePerIo } from "../cache.ts";
import type { DesiredObject, DesiredState } from "../desired-state.ts";
import { excludedBy, isExistenceOnly } from "../exclusions.ts";
import { DesiredFault } from "../fault.ts";
import type { EngineIo } from "../io.ts";
import { buildArtifact } from "./build.ts";
import { recordedDigest, retainedArtifactUrl } from "./build-digest.ts";
import type { Artifact } from "./fetch-artifact.ts";
import { ignoredPaths, parseIgnoreRules } from "./ignore-rules.ts";
import { isSopsSecret } from "./sops.ts";
import { appliedRevision, artifactOf, shortRevision } from "./source.ts";

/** Field manager of kustomize-controller's applies. */
const fieldManager = "kustomize-controller";

const builds = cachePerIo<Promise<KubeObject[]>>(200);

/**
 * The desired state of a Kustomization: `applied` is the revision whose objects are in the cluster (for drift), `source` the one that its source
 * offers now (for previews), anything else a revision of its history. A build is kept as long as revision, spec and substitution inputs are the same, so the applied revision stays known
 * after the source has moved on.
 * @throws DesiredFault, ToolError, KubeError
 */
export async function loadKustomization(
  kustomization: KubeObject,
  which: "applied" | "source" | { readonly revision: string },
  key: string,
  io: EngineIo,
  signal?: AbortSignal,
): Promise<DesiredState> {
  if (isRecord(getIn(kustomization, "spec", "kubeConfig"))) {
    throw new DesiredFault("It applies to another cluster (spec.kubeConfig), which Driftglass does not read.");
  }
  const revision = revisionOf(kustomization, which, io);
  if (revision === undefined) throw new DesiredFault("Nothing has been applied yet.");
  const built = await build(kustomization, revision, io, signal);
  const objects = built.map((object) => withDefaultNamespace(object, io));
  const entries = inventory(kustomization);
  const rules = parseIgnoreRules(getIn(kustomization, "spec", "ignore"));
  const desired = objects.map((object) =>
    toDesired(object, isSopsSecret(object, io.masker), ignoredPaths(object, rules), entries),
  );
  const names = new Set(objects.map((object) => resourceKey(refOf(object))));
  const prunes = getIn(kustomization, "spec", "prune") === true && desired.every(({ skip }) => skip !== sopsName);
  return {
    key,
    objects: desired,
    ...(prunes ? { pruned: [...entries].filter(([name]) => !names.has(name)).map(([, object]) => object) } : {}),
    fieldManager,
    exactness: "dry-run",
  };
}

function revisionOf(
  kustomization: KubeObject,
  which: Parameters<typeof loadKustomization>[1],
  { store }: EngineIo,
): string | undefined {
  if (which === "applied") return appliedRevision(kustomization);
  return which === "source" ? artifactOf(kustomization, store).revision : which.revision;
}

const sopsName = "its name depends on encrypted content";

async function build(
  kustomization: KubeObject,
  revision: string,
  io: EngineIo,
  signal: AbortSignal | undefined,
): Promise<KubeObject[]> {
  const cache = builds(io);
  const cacheKey = buildKey(kustomization, revision, io);
  const known = cache.get(cacheKey);
  if (known) return known;
  const artifact = artifactOf(kustomization, io.store);
  const building =
    artifact.revision === revision
      ? buildArtifact(kustomization, artifact, io, signal)
      : buildRetained(kustomization, artifact, revision, io, signal);
  cache.set(cacheKey, building);
  building.catch(() => cache.delete(cacheKey));
  return building;
}

/** Builds what was applied before the source moved on, as long as source-controller keeps that artifact and the controller's record vouches for the result. */
async function buildRetained(
  kustomization: KubeObject,
  current: Artifact,
  revision: string,
  io: EngineIo,
  signal: AbortSignal | undefined,
): Promise<KubeObject[]> {
  const url = retainedArtifactUrl(current, revision);
  const digest = recordedDigest(kustomization, revision);
  try {
    if (url !== undefined && digest !== undefined)
      return await buildArtifact(kustomization, { url, buildDigest: digest }, io, signal);
  } catch (error) {
    if (!(error instanceof DesiredFault)) throw error;
  }
  throw new DesiredFault(
    `The source has moved on to ${shortRevision(current.revision)}; what was applied (${shortRevision(revision)}) can't be had any more.`,
  );
}

/** Names a build by all that goes into it. */
function buildKey(kustomization: KubeObject, revision: string, io: EngineIo): string {
  const { uid = "", name, namespace = "" } = kustomization.metadata;
  const from = getIn(kustomization, "spec", "postBuild", "substituteFrom");
  const inputs = (Array.isArray(from) ? from.filter(isRecord) : []).map((input) => {
    const found = io.store.get(
      resourceKey({ group: "", kind: String(input["kind"]), namespace, name: String(input["name"]) }),
    );
    return found?.resourceVersion ?? "";
  });
  const {
    interval: _i,
    retryInterval: _r,
    timeout: _t,
    suspend: _s,
    dependsOn: _d,
    healthChecks: _h,
    wait: _w,
    ...spec
  } = recordOf(getIn(kustomization, "spec"));
  return createHash("sha256")
    .update(JSON.stringify([uid, namespace, name, revision, spec, inputs]))
    .digest("base64");
}

function toDesired(
  object: KubeObject,
  keysOnly: boolean,
  ignore: readonly string[],
  entries: ReadonlyMap<string, KubeObject>,
): DesiredObject {
  const named = !keysOnly || entries.has(resourceKey(refOf(object)));
  const skip = excludedBy(object) ?? (ignore.includes("") ? "spec.ignore" : named ? undefined : sopsName);
  return {
    object,
    ...(skip === undefined ? {} : { skip }),
    ...(isExistenceOnly(object) ? { existenceOnly: true } : {}),
    ...(keysOnly ? { keysOnly } : {}),
    ...(ignore.length > 0 ? { ignore } : {}),
  };
}

function withDefaultNamespace(object: KubeObject, io: EngineIo): KubeObject {
  if (object.metadata.namespace !== undefined) return object;
  const { group } = parseApiVersion(object.apiVersion);
  const namespaced = io.discovery.resolve({ group, kind: object.kind })?.namespaced ?? false;
  return namespaced ? { ...object, metadata: { ...object.metadata, namespace: "default" } } : object;
}

/** What the inventory says was applied, by key, with as much of an object as it tells. */
function inventory(kustomization: KubeObject): Map<string, KubeObject> {
  const entries = getIn(kustomization, "status", "inventory", "entries");
  const result = new Map<string, KubeObject>();
  for (const entry of Array.isArray(entries) ? entries.filter(isRecord) : []) {
    const ref = typeof entry["id"] === "string" ? parseInventoryId(entry["id"]) : undefined;
    if (!ref) continue;
    const { group, kind, name, namespace } = ref;
    const version = typeof entry["v"] === "string" ? entry["v"] : "v1";
    result.set(resourceKey(ref), {
      apiVersion: formatApiVersion(group, version),
      kind,
      metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    });
  }
  return result;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
