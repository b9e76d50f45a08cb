import { fluxSourceKindSchema } from "#lib/model/flux-source-schema.ts";
import type { FluxSource, FluxSourceKind, FluxSourceRef } from "#lib/model/flux-source.ts";
import { type Condition, conditionsOf, findCondition } from "#lib/model/conditions.ts";
import { type Fields, fields, list, text } from "#lib/model/health/fields.ts";
import { sourceGroup } from "#server/engines/common/flux-source.ts";
import { heldFor } from "#server/engines/common/source-pin.ts";
import type { StoredObject } from "#server/kube/store.ts";
import { judgeSource } from "./judge-source.ts";

const requestedAtAnnotation = "reconcile.fluxcd.io/requestedAt";

/** The source that a stored object is; undefined for anything else. */
export function sourceRefOf({ ref }: Pick<StoredObject, "ref">): FluxSourceRef | undefined {
  if (ref.group !== sourceGroup || ref.namespace === undefined) return undefined;
  const kind = fluxSourceKindSchema.safeParse(ref.kind);
  return kind.success ? { kind: kind.data, namespace: ref.namespace, name: ref.name } : undefined;
}

/** Reads one source; its consumers are found elsewhere. Undefined for objects of other kinds. Never throws, whatever the cluster sends. */
export function readSource(stored: StoredObject): Omit<FluxSource, "consumers" | "permissions"> | undefined {
  const ref = sourceRefOf(stored);
  if (ref === undefined) return undefined;
  const { metadata } = stored.object;
  const spec = fields(stored.object["spec"]);
  const status = fields(stored.object["status"]);
  const conditions = conditionsOf(stored.object);
  const suspended = spec["suspend"] === true;
  const passive = isPassive(ref.kind, spec);
  const artifact = artifactOf(status);
  const requested = metadata.annotations?.[requestedAtAnnotation];
  const handled = text(status["lastHandledReconcileAt"]);
  const pending = requested !== undefined && requested !== handled && !suspended && !passive && isTime(requested);
  const url = withoutCredentials(text(spec["url"]) || text(spec["endpoint"]));
  const wanted = wantedOf(ref.kind, spec);
  const from = madeFrom(spec, ref.namespace);
  const interval = text(spec["interval"]);
  const verification = verificationOf(spec, conditions);
  const lastFetch = lastFetchOf(conditions, artifact, handled);
  return {
    ...ref,
    uid: stored.uid,
    status: judgeSource({
      metadata,
      status,
      conditions,
      suspended,
      passive,
      addressOnly: passive && ref.kind === "HelmRepository",
      hasArtifact: artifact !== undefined,
      pending: pending ? requested : undefined,
    }),
    suspended,
    held: heldFor(stored.object) !== undefined,
    ...(url !== "" && { url }),
    ...(wanted !== "" && { ref: wanted }),
    ...(from !== undefined && { from }),
    ...(interval !== "" && !passive && { interval }),
    ...(artifact !== undefined && { artifact }),
    ...(verification !== undefined && { verification }),
    ...(lastFetch !== undefined && { lastFetch }),
    ...(pending && { requestedAt: requested }),
    conditions: conditions.map(({ observedGeneration: _generation, ...condition }) => condition),
    ...(metadata.creationTimestamp !== undefined && { createdAt: metadata.creationTimestamp }),
  };
}

/**
 * Whether source-controller has nothing to fetch for it: an OCI Helm repository is only an address, and an ExternalArtifact is kept by
 * the controller that made it. Source: source-controller `internal/controller/helmrepository_controller.go` (type `oci` is static).
 */
export function isPassive(kind: FluxSourceKind, spec: Fields): boolean {
  return kind === "ExternalArtifact" || (kind === "HelmRepository" && text(spec["type"]) === "oci");
}

function artifactOf(status: Fields): FluxSource["artifact"] {
  const artifact = fields(status["artifact"]);
  const revision = text(artifact["revision"]);
  if (revision === "") return undefined;
  const { size } = artifact;
  const digest = text(artifact["digest"]);
  const storedAt = text(artifact["lastUpdateTime"]);
  return {
    revision,
    ...(digest !== "" && { digest }),
    ...(typeof size === "number" && Number.isInteger(size) && size >= 0 && { size }),
    ...(isTime(storedAt) && { storedAt }),
  };
}

/** What a source asks for, as its tool writes it. */
function wantedOf(kind: FluxSourceKind, spec: Fields): string {
  if (kind === "Bucket")
    return [text(spec["bucketName"]), text(spec["prefix"])].filter((part) => part !== "").join("/");
  if (kind === "HelmChart")
    return [text(spec["chart"]), text(spec["version"]) || "*"].filter((part) => part !== "").join(" ");
  const ref = fields(spec["ref"]);
  return ["branch", "tag", "semver", "name", "digest", "commit"]
    .map((field) => text(ref[field]))
    .filter((value) => value !== "")
    .join("@");
}

/** What a HelmChart or an ExternalArtifact is made from. */
function madeFrom(spec: Fields, namespace: string): FluxSource["from"] {
  const source = fields(spec["sourceRef"]);
  const [kind, name] = [text(source["kind"]), text(source["name"])];
  return kind === "" || name === "" ? undefined : { kind, namespace: text(source["namespace"]) || namespace, name };
}

/** What the spec asks to be verified, and whether it was (condition `SourceVerified`). */
function verificationOf(spec: Fields, conditions: readonly Condition[]): FluxSource["verification"] {
  if (spec["verify"] === undefined || spec["verify"] === null) return undefined;
  const verify = fields(spec["verify"]);
  const by = text(verify["provider"]) || `Git ${text(verify["mode"]) || "HEAD"}`;
  const verified = findCondition(conditions, "SourceVerified");
  const status = verified?.status === "True" ? "Verified" : verified?.status === "False" ? "Failed" : "Pending";
  return {
    status,
    by,
    ...(verified?.reason !== undefined && { reason: verified.reason }),
    ...(verified?.message !== undefined && { message: verified.message }),
  };
}

/** The newest trace of a fetch: Flux writes nothing down when a fetch finds nothing new. */
function lastFetchOf(
  conditions: readonly Condition[],
  artifact: FluxSource["artifact"],
  handled: string,
): FluxSource["lastFetch"] {
  const ready = findCondition(conditions, "Ready");
  const failure =
    [findCondition(conditions, "FetchFailed"), findCondition(conditions, "BuildFailed")].find(
      (condition) => condition?.status === "True",
    ) ?? (ready?.status === "False" ? ready : undefined);
  const traces: NonNullable<FluxSource["lastFetch"]>[] = [];
  // First, because times are whole seconds: what fails has failed after all else.
  if (isTime(failure?.lastTransitionTime)) traces.push({ at: failure.lastTransitionTime, what: "failed" });
  if (artifact?.storedAt !== undefined) traces.push({ at: artifact.storedAt, what: "stored" });
  if (isTime(handled)) traces.push({ at: handled, what: "answered" });
  return traces.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
}

/** An address without user name and password, should somebody have put them there; other texts stay as they are. */
function withoutCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)@/i, (_all, scheme: string, user: string) =>
    // `ssh://git@host` names no secret.
    user.includes(":") || /^https?:/i.test(scheme) ? scheme : `${scheme}${user}@`,
  );
}

/** Names of the Git repositories that a GitRepository includes; all are in its own namespace. */
export function includedRepositories(spec: Fields): string[] {
  return list(spec["include"])
    .map((entry) => text(fields(fields(entry)["repository"])["name"]))
    .filter((name) => name !== "");
}

function isTime(value: string | undefined): value is string {
  return value !== undefined && !Number.isNaN(Date.parse(value));
}
