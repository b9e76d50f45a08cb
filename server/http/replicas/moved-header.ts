/** On an answer: ask whoever serves the session now. A file of its own, so that no route has what forwards requests in its bundle. */
export const movedHeader = "x-driftglass-moved";
