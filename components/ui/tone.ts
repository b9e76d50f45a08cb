import type { HealthStatus } from "#lib/model/health-status.ts";

/** The status hues. `idle` is for what needs nobody. */
export type Tone = "ok" | "busy" | "warn" | "bad" | "idle";

/** Text colour of a tone, for use on any surface. */
export const toneText: Record<Tone, string> = {
  ok: "text-ok",
  busy: "text-busy",
  warn: "text-warn",
  bad: "text-bad",
  idle: "text-idle",
};

/** Filled pill or banner of a tone. */
export const toneTint: Record<Tone, string> = {
  ok: "bg-ok-tint text-ok",
  busy: "bg-busy-tint text-busy",
  warn: "bg-warn-tint text-warn",
  bad: "bg-bad-tint text-bad",
  idle: "bg-idle-tint text-idle",
};

/** Solid fill of a tone, for bars. */
export const toneBar: Record<Tone, string> = {
  ok: "bg-ok-bar",
  busy: "bg-busy-bar",
  warn: "bg-warn-bar",
  bad: "bg-bad-bar",
  idle: "bg-idle-bar",
};

/** Hue of each health word. */
export const healthTone: Record<HealthStatus, Tone> = {
  Healthy: "ok",
  Suspended: "idle",
  Progressing: "busy",
  Missing: "warn",
  Degraded: "bad",
  Unknown: "idle",
};
