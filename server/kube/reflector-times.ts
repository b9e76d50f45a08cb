/**
 * A refusal counts once it has been repeated for this many milliseconds, if the kind could be read before and the API server was out of reach shortly before:
 * one that has just started answers 401, 403 and 404 until it has read its accounts, roles and CRDs (seen after a kill).
 */
export const refusalGrace = 10_000;
/** See {@link refusalGrace}: milliseconds where the API server was there all the time. */
export const steadyRefusalGrace = 1_500;
/** For how many milliseconds after a lost connection an API server may be one that has just started. */
export const startingTime = 60_000;
/** How long a streamed list may be silent before pages are tried. */
export const streamedListPatience = 30_000;
/** A watch that ends sooner than this without an event counts as a failure. */
export const shortWatch = 1_000;
/**
 * How long a watch may last, in seconds, and up to how much longer, so that not all end at once. The API server asks only when a watch begins whether this person
 * may read (GO-2024-3006): a right that was taken away is noticed within this time (docs/decisions/0007-quiet.md).
 */
const watchLifetime = 40;
/**
 * A reflector's first watch lasts from here to the longest lifetime, in seconds, so that of all that began together one ends every second or two, and a person
 * who has lost their rights is noticed by the first of them.
 */
const firstLifetime = 15;
/** See {@link watchLifetime}. */
const watchSpread = 8;
/** Milliseconds after which a watch that should have ended counts as lost: the peer has vanished without a word. */
export const lifetimeGrace = 10_000;

/** Seconds that a reflector asks for its watch to last, from how many it has begun before and a random number from 0 to 1. */
export function lifetimeOf(begunBefore: number, random: number): number {
  const shortest = begunBefore === 0 ? firstLifetime : watchLifetime;
  return shortest + Math.floor(random * (watchLifetime + watchSpread - shortest));
}
