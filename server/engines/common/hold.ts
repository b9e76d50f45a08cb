import { holdAnnotation } from "#lib/model/annotations.ts";
import type { Application } from "#lib/model/application.ts";
import { text } from "#lib/model/health/fields.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import type { KubeObject } from "#server/kube/object.ts";

/** The hold that a rollback left on this object; undefined when there is none, or when what stands there is not one. */
export function readHold(object: KubeObject): Application["hold"] {
  const raw = object.metadata.annotations?.[holdAnnotation];
  if (raw === undefined) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw);
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const { by, at, revision, from } = parsed as Record<string, unknown>;
  if (text(by) === "" || text(at) === "" || text(revision) === "") return undefined;
  return { by: text(by), at: text(at), revision: text(revision), ...(text(from) !== "" && { from: text(from) }) };
}

/** A hold in words: `held at main@4a637a6 by ada`. ServiceAccounts go by their own name. */
export function holdWords({ revision, by }: NonNullable<Application["hold"]>): string {
  return `held at ${shortRevision(revision)} by ${by.replace(/^system:serviceaccount:[^:]+:/, "")}`;
}
