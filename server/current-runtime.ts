import type { HttpRuntime } from "#server/http/runtime-interface.ts";

const slot = Symbol.for("driftglass.runtime");
const holder = globalThis as { [slot]?: Promise<HttpRuntime> };

/**
 * The one runtime of this process, which `instrumentation.ts` starts before any request is served. Instrumentation and route handlers are separate module graphs in Next.js, so it hangs on `globalThis`; this
 * is the only place that does. It imports none of what a runtime is made of: each route has a bundle of its own, and all of it would be in every one, three megabytes of memory each time.
 *
 * @throws Error when the configuration is wrong, or nothing was started
 */
export function runtime(): Promise<HttpRuntime> {
  return holder[slot] ?? Promise.reject(new Error("Driftglass has not been started."));
}

/** Makes this the process's runtime; one that was there before, in a development reload, ends. */
export function keepRuntime(started: Promise<HttpRuntime>): void {
  void holder[slot]?.then((old) => old.dispose()).catch(() => undefined);
  holder[slot] = started;
}
