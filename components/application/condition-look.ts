import type { Condition } from "#lib/api/application-contract.ts";
import type { GlyphName } from "#components/ui/glyph.tsx";
import type { Tone } from "#components/ui/tone.ts";

/*
 * Most conditions are good when they are True; these are not. "Reconciling" and "Stalled" are kstatus' own, which are written only while
 * they hold (sigs.k8s.io/cli-utils, pkg/kstatus); errors and warnings are Argo CD's.
 */
const busyWhenTrue = /^(Reconciling|TestInProgress)$/;
const badWhenTrue = /^(Stalled|Degraded|Failed|Remediated|ReplicaFailure|\w+(Error|Failure|Failed))$/;
const worryingWhenTrue = /^(\w+Warning|Drifted)$/;
const badWhenFalse = /^(Ready|Healthy|Available|Released|TestSuccess|ArtifactInStorage|ContainersReady)$/;

/** How a condition is shown: good, bad, under way, or neither. */
export function conditionLook({ type, status }: Pick<Condition, "type" | "status">): { glyph: GlyphName; tone: Tone } {
  if (status === "True") {
    if (busyWhenTrue.test(type)) return { glyph: "Progressing", tone: "busy" };
    if (badWhenTrue.test(type)) return { glyph: "Degraded", tone: "bad" };
    if (worryingWhenTrue.test(type)) return { glyph: "Failed", tone: "warn" };
    return { glyph: "Healthy", tone: "ok" };
  }
  if (status === "False" && badWhenFalse.test(type)) return { glyph: "Degraded", tone: "bad" };
  return { glyph: status === "Unknown" ? "Unknown" : "Missing", tone: "idle" };
}
