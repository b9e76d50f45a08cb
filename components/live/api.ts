import type { Problem } from "#lib/api/contract.ts";
import { apiError, ApiError } from "#lib/api/errors.ts";

/** Calls the server. @throws ApiError for every answer that is not a success, and when there is no answer. */
export async function call<T>(path: string, init?: { method?: string; body?: unknown; signal?: AbortSignal }): Promise<T> {
  const body = init?.body === undefined ? {} : { body: JSON.stringify(init.body), headers: { "content-type": "application/json" } };
  let response: Response;
  try {
    response = await fetch(`/api/v1/${path}`, { method: init?.method ?? "GET", ...body, ...(init?.signal && { signal: init.signal }) });
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    throw apiError(503, "unreachable", "Driftglass does not answer", { hint: "Check that it runs and that this device is connected, then try again." });
  }
  if (response.status === 204) return undefined as T;
  const json: unknown = await response.json().catch(() => undefined);
  if (response.ok && json !== undefined) return json as T;
  const problem = json as Partial<Problem> | undefined;
  throw new ApiError({ type: "about:blank", title: `The server answered ${response.status}`, code: "unexpected", ...problem, status: response.status });
}
