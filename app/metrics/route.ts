import { metricsText } from "#server/http/metrics.ts";
import { runtime } from "#server/runtime.ts";

/** Counts for Prometheus; they name no cluster, person or application. */
export async function GET(): Promise<Response> {
  return new Response(metricsText(await runtime()), {
    headers: { "Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Cache-Control": "no-store" },
  });
}
