import { runtime } from "#server/current-runtime.ts";

/** Counts for Prometheus; they name no cluster, person or application. */
export async function GET(): Promise<Response> {
  const { body, contentType } = await (await runtime()).metrics.text();
  return new Response(body, { headers: { "Content-Type": contentType, "Cache-Control": "no-store" } });
}
