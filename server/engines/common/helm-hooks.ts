import type { HookFact } from "#server/desired/desired-state.ts";

/** Whether a hook is a test, which runs only when somebody asks for it (`test-success` is Helm 2's word). */
export function isTest({ events }: Pick<HookFact, "events">): boolean {
  return events.some((event) => event.startsWith("test"));
}
