const plainName = "driftglass_session";
const hostName = `__Host-${plainName}`;

/** The cookie's two names; over HTTPS the `__Host-` one, which no other host or path can set. */
export const sessionCookieNames = [hostName, plainName] as const;

/** The session id that a request carries; the `__Host-` cookie wins. */
export function sessionIdOf(request: Request): { id: string; secure: boolean } | undefined {
  const cookies = parseCookies(request.headers.get("cookie") ?? "");
  const secure = cookies.get(hostName);
  if (secure !== undefined) return { id: secure, secure: true };
  const plain = cookies.get(plainName);
  return plain === undefined ? undefined : { id: plain, secure: false };
}

/** Any cookie of a request. */
export function cookieOf(request: Request, name: string): string | undefined {
  return parseCookies(request.headers.get("cookie") ?? "").get(name);
}

/** `Set-Cookie` of a new session. */
export function sessionCookie(id: string, secure: boolean, maxAgeSeconds: number): string {
  return `${head(id, secure)}; Max-Age=${Math.max(0, Math.floor(maxAgeSeconds))}`;
}

/** `Set-Cookie` that takes the session's cookie away. */
export function expiredSessionCookie(secure: boolean): string {
  return `${head("", secure)}; Max-Age=0`;
}

function head(id: string, secure: boolean): string {
  return `${secure ? hostName : plainName}=${id}; Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
}

function parseCookies(header: string): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of header.split(";")) {
    const equals = part.indexOf("=");
    if (equals < 0) continue;
    const name = part.slice(0, equals).trim();
    // The first one counts: the browser sends the one with the most specific path first, and ours has the only path it may have.
    if (!cookies.has(name)) cookies.set(name, part.slice(equals + 1).trim());
  }
  return cookies;
}
