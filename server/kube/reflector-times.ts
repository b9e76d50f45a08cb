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
