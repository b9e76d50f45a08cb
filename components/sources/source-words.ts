import { parseInterval, shortInterval, type FluxSource, type FluxSourceAction } from "#lib/model/flux-source.ts";
import { spanWords } from "#components/ui/time-words.ts";

/** What each action does, as its button says. */
export const sourceActionLabel: Record<FluxSourceAction, string> = {
  refresh: "Reconcile",
  suspend: "Suspend",
  resume: "Resume",
};

const units = ["B", "KiB", "MiB", "GiB"];

/** Bytes in the largest unit that leaves at least one: `2.3 KiB`. */
export function sizeWords(bytes: number): string {
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** step;
  return `${step > 0 && amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${units[step]}`;
}

/**
 * When a source is fetched next, as far as it can be known: Flux writes nothing down when a fetch finds nothing new, so once the
 * interval has passed since the last trace, it is only known to happen within one. Undefined where nothing is fetched by the clock.
 */
export function nextFetchWords(source: FluxSource, now: number): string | undefined {
  const { interval, lastFetch, suspended, status } = source;
  if (interval === undefined) return undefined;
  if (suspended) return "not before someone resumes it";
  if (source.requestedAt !== undefined) return "asked for now";
  if (status.status === "Degraded") return `retried with growing pauses, and every ${shortInterval(interval)}`;
  const every = parseInterval(interval);
  const last = lastFetch === undefined ? Number.NaN : Date.parse(lastFetch.at);
  if (every === undefined || Number.isNaN(last)) return `within ${shortInterval(interval)}`;
  const left = last + every - now;
  return left > 5000 ? `in about ${spanWords(left)}` : `within ${shortInterval(interval)}`;
}

/** What the last trace of a fetch was. */
export const lastFetchWords: Record<NonNullable<FluxSource["lastFetch"]>["what"], string> = {
  stored: "a new artifact was stored",
  failed: "it failed",
  answered: "a request was answered",
};
