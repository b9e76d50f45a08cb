import { engines } from "#lib/model/application.ts";
import { healthStatuses } from "#lib/model/health-status.ts";
import type { GlyphName } from "#components/ui/glyph.tsx";
import { healthTone, type Tone } from "#components/ui/tone.ts";
import { engineLabel } from "./engine-label.ts";
import type { Facet } from "./filter.ts";

/** Name of a facet, as a heading. */
export const facetTitle: Record<Facet, string> = {
  health: "Health",
  sync: "Sync",
  drift: "Drift",
  engine: "Engine",
  cluster: "Cluster",
  namespace: "Namespace",
};

/** A facet's value as people read it, with its shape and hue where it is a status. */
export function facetWords(facet: Facet, value: string): { word: string; glyph?: GlyphName; tone?: Tone } {
  if (facet === "health") {
    const status = healthStatuses.find((each) => each === value);
    return status === undefined ? { word: value } : { word: status, glyph: status, tone: healthTone[status] };
  }
  if (facet === "sync") {
    if (value === "OutOfSync") return { word: "OutOfSync", glyph: "OutOfSync", tone: "warn" };
    return value === "Synced"
      ? { word: "Synced", glyph: "Synced", tone: "idle" }
      : { word: "Sync unknown", glyph: "Unknown", tone: "idle" };
  }
  if (facet === "drift") {
    if (value === "Drifted") return { word: "Drifted", glyph: "Drift", tone: "warn" };
    return value === "None"
      ? { word: "No drift", glyph: "Drift", tone: "idle" }
      : { word: "Drift unknown", glyph: "Unknown", tone: "idle" };
  }
  if (facet === "engine") {
    const engine = engines.find((each) => each === value);
    return { word: engine === undefined ? value : engineLabel[engine] };
  }
  return { word: value };
}
