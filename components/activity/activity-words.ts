import type { ActivityEntry, ActivityKind } from "#lib/model/activity.ts";
import type { GlyphName } from "#components/ui/glyph.tsx";
import type { Tone } from "#components/ui/tone.ts";

/** A kind of activity, as the name of a filter. */
export const kindLabel: Record<ActivityKind, string> = {
  deployment: "Deployments",
  failure: "Failures",
  drift: "Drift",
  action: "Actions",
};

/** How an entry is shown: its sign, its hue and what happened in a word or two. */
export type EntryLook = { glyph: GlyphName; tone: Tone; word: string };

const worked: Record<string, string> = {
  sync: "Deployed",
  install: "Installed",
  upgrade: "Upgraded",
  rollback: "Rolled back",
  rollout: "Rolled out",
  uninstall: "Uninstalled",
  test: "Tested",
};

const failed: Record<string, string> = { sync: "Deployment failed", rollout: "Rollout failed" };

/** An entry's sign and word. */
export function lookOf({ kind, result, what, count }: ActivityEntry): EntryLook {
  if (kind === "deployment") {
    if (result === "failed") return { glyph: "Degraded", tone: "bad", word: failed[what] ?? `${titled(what)} failed` };
    if (result === "running") return { glyph: "Running", tone: "busy", word: `${titled(what)} under way` };
    return { glyph: "Healthy", tone: "ok", word: worked[what] ?? titled(what) };
  }
  if (kind === "drift")
    return result === "corrected"
      ? { glyph: "Synced", tone: "ok", word: "Drift gone" }
      : { glyph: "Drift", tone: "warn", word: "Drifted" };
  if (kind === "action") {
    if (result === "refused") return { glyph: "Failed", tone: "warn", word: `${titled(what)} refused` };
    if (result === "failed") return { glyph: "Degraded", tone: "bad", word: `${titled(what)} failed` };
    return { glyph: "OutOfSync", tone: "busy", word: `${titled(what)} requested` };
  }
  if (result === "recovered") return { glyph: "Healthy", tone: "ok", word: "Recovered" };
  // The cluster counts its warnings; an application may be well all the same.
  return count === undefined
    ? { glyph: "Degraded", tone: "bad", word: "Degraded" }
    : { glyph: "Failed", tone: "warn", word: "Warning" };
}

/** A person as others call them: service accounts go by their own name. */
export function personName(by: string): string {
  return by.replace(/^system:serviceaccount:[^:]+:/, "");
}

/** How long something took: `0.4 s`, `12 s`, `3 min`. */
export function tookWords(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** The day that a time belongs to, in the person's own zone, as a heading. */
export function dayWords(time: string, now: Date): string {
  const date = new Date(time);
  if (date.toDateString() === now.toDateString()) return "Today";
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (date.toDateString() === yesterday.toDateString()) return "Yesterday";
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  return date.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", ...year });
}

function titled(word: string): string {
  const words = word.replaceAll("-", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
