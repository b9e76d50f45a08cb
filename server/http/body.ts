import type { ZodType } from "zod";
import { apiError } from "#lib/api/errors.ts";

/** A kubeconfig of 1 MiB, with room for its JSON escapes. */
export const maxBodyBytes = 2 * 1024 * 1024;

/** Only JSON is taken: a form of another page can't send it without being asked first. @throws ApiError 415 */
export function requireJson(request: Request): void {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw apiError(415, "json-required", "The body must be application/json.");
}

/**
 * Reads and checks a JSON body.
 * @throws ApiError 413 when it is too long (without reading on), 400 when it is no JSON, 422 when it is not what the schema says.
 */
export async function readJson<T>(request: Request, schema: ZodType<T>, limit = maxBodyBytes): Promise<T> {
  const text = await readText(request, limit);
  let value: unknown;
  try {
    value = JSON.parse(text === "" ? "{}" : text);
  } catch {
    throw apiError(400, "invalid-json", "The body is no JSON.");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // Paths and rules only: the values may be credentials.
  const detail = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`)
    .join("; ");
  throw apiError(422, "invalid", "The body does not fit this call.", { detail });
}

/** Reads a body of text. @throws ApiError 413 */
export async function readText(request: Request, limit = maxBodyBytes): Promise<string> {
  const tooLong = apiError(413, "too-large", "The body is too long.", { detail: `At most ${limit} bytes are taken.` });
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLong;
  if (!request.body) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > limit) throw tooLong;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
