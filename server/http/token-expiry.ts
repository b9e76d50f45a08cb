import { isRecord } from "#lib/diff/json.ts";

/**
 * When a JWT says that it expires, in milliseconds since 1970; undefined for other tokens. Not verified: it only makes our session
 * shorter, and the API server judges every request anyway.
 */
export function tokenExpiry(token: string | undefined): number | undefined {
  const exp = claimsOf(token)?.["exp"];
  return typeof exp === "number" && Number.isFinite(exp) ? exp * 1000 : undefined;
}

/** Whether a token says itself whose it is (a JWT with a subject), rather than being looked up by the cluster each time. Not verified, as above. */
export function namesItsOwner(token: string | undefined): boolean {
  return typeof claimsOf(token)?.["sub"] === "string";
}

function claimsOf(token: string | undefined): Readonly<Record<string, unknown>> | undefined {
  const payload = token?.split(".")[1];
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return isRecord(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}
