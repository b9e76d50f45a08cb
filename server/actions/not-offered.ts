import type { ActionHandler } from "./action-handler.ts";

/** An action that Driftglass does not do for an engine, and why, with what to do instead. It is shown, and never allowed. */
export function notOffered(reason: string): ActionHandler {
  const unreachable = (): Promise<never> => Promise.reject(new Error(reason));
  return { access: () => [], refusal: () => reason, preview: unreachable, perform: unreachable };
}
