import {
  heldForAnnotation,
  holdAnnotation,
  originalRefAnnotation,
  suspendedForAnnotation,
} from "#lib/model/annotations.ts";
import { fields, text } from "#lib/model/health/fields.ts";
import { parseRevision } from "#lib/model/revision-format.ts";
import type { SourcePin } from "#server/engines/common/source-pin.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { Patch } from "../../object-io.ts";
import { requestedAt } from "../patches.ts";
import { type HoldRecord, writeRecord } from "./record.ts";

type RefChange = Readonly<Record<string, string | null>>;

/**
 * What a pin changes of `spec.ref`. It is added beside what is there: it goes before that, and whoever applies the source from a manifest
 * without it leaves it alone. Only a branch in which the commit was not found then has to go, because source-controller clones that alone.
 */
export function pinChange(source: KubeObject, pin: SourcePin, revision: string): RefChange {
  const branch = text(refOf(source)["branch"]);
  const { name } = parseRevision(revision);
  const elsewhere = pin.field === "commit" && branch !== "" && name !== undefined && name !== branch;
  return { [pin.field]: pin.value, ...(elsewhere && { branch: null }) };
}

/**
 * Pins a source and remembers its original ref, in one patch that is refused when the source has changed meanwhile. A source that is pinned
 * for the same holder already keeps its first original.
 */
export function pinPatch(source: KubeObject, change: RefChange, holder: string, time: string): Patch {
  const { annotations = {}, resourceVersion } = source.metadata;
  const original = annotations[originalRefAnnotation] ?? JSON.stringify(specOf(source)["ref"] ?? null);
  return {
    type: "merge",
    body: {
      metadata: {
        resourceVersion,
        annotations: { [originalRefAnnotation]: original, [heldForAnnotation]: holder, [requestedAt]: time },
      },
      spec: { ref: change },
    },
  };
}

/** Takes {@link pinPatch} back: ref and annotations as `before` has them. */
export function undoPinPatch(before: KubeObject, change: RefChange): Patch {
  const { annotations = {} } = before.metadata;
  const ref = specOf(before)["ref"];
  const known = fields(ref);
  return {
    type: "merge",
    body: {
      metadata: {
        annotations: {
          [originalRefAnnotation]: annotations[originalRefAnnotation] ?? null,
          [heldForAnnotation]: annotations[heldForAnnotation] ?? null,
        },
      },
      spec: {
        ref: ref === undefined ? null : Object.fromEntries(Object.keys(change).map((key) => [key, known[key] ?? null])),
      },
    },
  };
}

/**
 * Releases a source: the pinned field is as it was before, and so is a branch that had to go. What somebody has changed besides stays, and so
 * does a pin that is not ours any more (then `kept` is true).
 */
export function unpinPatch(source: KubeObject, pin: SourcePin, time: string): { patch: Patch; kept: boolean } {
  const { annotations = {}, resourceVersion } = source.metadata;
  const ref = refOf(source);
  const original = parseOriginal(annotations[originalRefAnnotation]);
  const kept = ref[pin.field] !== pin.value;
  const wasEmpty = original === null && Object.keys(ref).every((key) => key === pin.field);
  const before = fields(original);
  const restored = wasEmpty
    ? null
    : {
        [pin.field]: before[pin.field] ?? null,
        ...(ref["branch"] === undefined && before["branch"] !== undefined && { branch: before["branch"] }),
      };
  return {
    kept,
    patch: {
      type: "merge",
      body: {
        metadata: {
          resourceVersion,
          annotations: { [originalRefAnnotation]: null, [heldForAnnotation]: null, [requestedAt]: time },
        },
        ...(!kept && { spec: { ref: restored } }),
      },
    },
  };
}

/** Says on the Kustomization what is held. @param resourceVersion of the object that it is made from, whose changes since then refuse it */
export function recordPatch(record: HoldRecord, resourceVersion?: string): Patch {
  return {
    type: "merge",
    body: {
      metadata: {
        ...(resourceVersion !== undefined && { resourceVersion }),
        annotations: { [holdAnnotation]: writeRecord(record) },
      },
    },
  };
}

/** Puts the hold annotation back as it was; a time asks for a reconciliation besides. */
export function clearRecordPatch(previous: string | undefined, time?: string): Patch {
  return {
    type: "merge",
    body: {
      metadata: {
        annotations: { [holdAnnotation]: previous ?? null, ...(time !== undefined && { [requestedAt]: time }) },
      },
    },
  };
}

/** Suspends what would undo a pin, and says for whom. */
export function suspendForPatch(holder: string): Patch {
  return {
    type: "merge",
    body: { metadata: { annotations: { [suspendedForAnnotation]: holder } }, spec: { suspend: true } },
  };
}

/** Takes {@link suspendForPatch} back; a time asks for a reconciliation besides. */
export function resumeFromPatch(time?: string): Patch {
  return {
    type: "merge",
    body: {
      metadata: { annotations: { [suspendedForAnnotation]: null, ...(time !== undefined && { [requestedAt]: time }) } },
      spec: { suspend: null },
    },
  };
}

function parseOriginal(raw: string | undefined): unknown {
  try {
    return JSON.parse(raw ?? "{}");
  } catch {
    return {};
  }
}

function specOf(object: KubeObject): Readonly<Record<string, unknown>> {
  return fields(object["spec"]);
}

function refOf(source: KubeObject): Readonly<Record<string, unknown>> {
  return fields(specOf(source)["ref"]);
}
