import type { Reason, Source } from "#lib/model/application.ts";
import { conditionsOf, findCondition } from "#lib/model/conditions.ts";
import { type Fields, fields, text } from "#lib/model/health/fields.ts";
import { formatRef, type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import type { StoredObject, StoreReader } from "#server/kube/store.ts";
import { plural } from "../judge.ts";
import { shortMessage } from "./message.ts";
import { heldFor } from "./source-pin.ts";

/** The group of Flux's sources. */
export const sourceGroup = "source.toolkit.fluxcd.io";

/** A Flux source that a unit names, as far as it can be seen. */
export interface SourceView {
  readonly ref: ResourceRef;
  readonly key: string;
  readonly object?: StoredObject;
  /** `status.artifact.revision`: what the source says now. */
  readonly revision?: string;
  readonly digest?: string;
  /** Why there is no revision, in words. */
  readonly unavailable?: { reason: string; message: string };
  /** What the source itself says when it fails. */
  readonly failure?: string;
}

/** Looks up the source that `sourceRef` or `chartRef` names; `namespace` is the unit's own. */
export function findSource(reference: Fields, namespace: string, store: StoreReader): SourceView | undefined {
  const kind = text(reference["kind"]);
  const name = text(reference["name"]);
  if (kind === "" || name === "") return undefined;
  const ref: ResourceRef = { group: sourceGroup, kind, namespace: text(reference["namespace"]) || namespace, name };
  const key = resourceKey(ref);
  const object = store.get(key);
  if (object === undefined) return { ref, key, unavailable: whyAbsent(ref, store) };
  const artifact = fields(fields(object.object["status"])["artifact"]);
  const revision = text(artifact["revision"]);
  const digest = text(artifact["digest"]);
  const failure = failureOf(object);
  return {
    ref: object.ref,
    key,
    object,
    ...(revision !== "" && { revision }),
    ...(digest !== "" && { digest }),
    ...(revision === "" && {
      unavailable: { reason: "ArtifactMissing", message: failure ?? `${formatRef(ref)} has no artifact yet` },
    }),
    ...(failure !== undefined && { failure }),
  };
}

function failureOf(source: StoredObject): string | undefined {
  const conditions = conditionsOf(source.object);
  const bad = [findCondition(conditions, "Stalled"), findCondition(conditions, "FetchFailed")].find(
    (condition) => condition?.status === "True",
  );
  const ready = findCondition(conditions, "Ready");
  const failed = bad ?? (ready?.status === "False" ? ready : undefined);
  return failed === undefined
    ? undefined
    : `${formatRef(source.ref)}: ${shortMessage(failed.message ?? failed.reason ?? "not ready")}`;
}

function whyAbsent(ref: ResourceRef, store: StoreReader): { reason: string; message: string } {
  const state = store.kindState({ group: ref.group, kind: ref.kind });
  switch (state.state) {
    case "forbidden":
      return { reason: "SourceForbidden", message: `no permission to read ${plural(ref.kind)} in ${ref.namespace}` };
    case "namespaces":
      if (ref.namespace !== undefined && state.namespaces.includes(ref.namespace)) break;
      return { reason: "SourceForbidden", message: `no permission to read ${plural(ref.kind)} in ${ref.namespace}` };
    case "syncing":
      return { reason: "Loading", message: `${plural(ref.kind)} are still being listed` };
    case "disconnected":
      return { reason: "Disconnected", message: state.message };
    case "absent":
    case "synced":
      break;
  }
  return { reason: "SourceMissing", message: `${ref.kind} ${ref.namespace}/${ref.name} does not exist` };
}

/** The source as a row shows it. */
export function describeSource(view: SourceView): Source {
  const spec = fields(view.object?.object["spec"]);
  const ref = fields(spec["ref"]);
  const url = text(spec["url"]) || text(spec["endpoint"]);
  const wanted = ["branch", "tag", "semver", "name", "digest", "commit"]
    .map((field) => text(ref[field]))
    .filter((value) => value !== "");
  return {
    kind: view.ref.kind,
    name: view.ref.name,
    ...(view.ref.namespace !== undefined && { namespace: view.ref.namespace }),
    ...(url !== "" && { url }),
    ...(wanted.length > 0 && { ref: wanted.join("@") }),
  };
}

/** Lines about a source that fails, is switched off, or is held at a revision for somebody else than `unit`. */
export function sourceReasons(view: SourceView | undefined, unit?: { namespace: string; name: string }): Reason[] {
  if (view === undefined) return [];
  const reasons: Reason[] = [];
  const holder = view.object && heldFor(view.object.object);
  if (holder !== undefined && (unit === undefined || holder !== `${unit.namespace}/${unit.name}`)) {
    const at = view.revision === undefined ? "an earlier revision" : shortRevision(view.revision);
    reasons.push({
      about: "hold",
      text: `${formatRef(view.ref)} is held at ${at} for Kustomization ${holder}, and this follows it`,
      ref: view.ref,
    });
  }
  if (view.failure !== undefined) reasons.push({ about: "source", text: view.failure, ref: view.ref });
  else if (view.unavailable?.reason === "SourceMissing")
    reasons.push({ about: "source", text: view.unavailable.message, ref: view.ref });
  if (fields(view.object?.object["spec"])["suspend"] === true)
    reasons.push({
      about: "source",
      text: `${formatRef(view.ref)} is suspended and fetches nothing new`,
      ref: view.ref,
    });
  return reasons;
}
