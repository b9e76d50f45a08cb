/**
 * A refusal counts once it has been repeated for this many milliseconds, if the kind could be read before: an API server that has just
 * started answers 401, 403 and 404 until it has read its accounts, roles and CRDs (seen after a kill).
 */
export const refusalGrace = 10_000;
/** How long a streamed list may be silent before pages are tried. */
export const streamedListPatience = 30_000;
/** A watch that ends sooner than this without an event counts as a failure. */
export const shortWatch = 1_000;
/**
 * How long a watch may last, in seconds, and up to how much longer, so that not all end at once. The API server asks only when a watch begins whether this person
 * may read (GO-2024-3006): a right that was taken away is noticed within this time (docs/decisions/0007-quiet.md).
 */
export const watchLifetime = 40;
/** See {@link watchLifetime}. */
export const watchSpread = 8;
/** Milliseconds after which a watch that should have ended counts as lost: the peer has vanished without a word. */
export const lifetimeGrace = 10_000;
