import { runtime } from "#server/current-runtime.ts";

/** Whether requests are taken: not while the server starts or stops. It does not wait for any cluster, which belongs to people's sessions. */
export async function GET(): Promise<Response> {
  const { accepting } = await runtime();
  return new Response(accepting ? "ok\n" : "stopping\n", {
    status: accepting ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}
