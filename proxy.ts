import { NextResponse, type NextRequest } from "next/server";
import { contentSecurityPolicy } from "#server/http/csp.ts";
import { sessionCookieNames } from "#server/http/cookie.ts";

/**
 * Gives each page its Content-Security-Policy with a fresh nonce, and sends people without a session to the login page.
 * It looks at the cookie's presence alone: whether a session is good is decided by the guard of each API route, and pages hold no data.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const hasSession = sessionCookieNames.some((name) => request.cookies.has(name));
  if (!hasSession && pathname !== "/login") {
    const login = new URL("/login", request.url);
    if (pathname !== "/") login.searchParams.set("next", pathname + search);
    return NextResponse.redirect(login);
  }
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Layouts do not learn the path by themselves; a session that has ended returns here after logging in.
  headers.set("x-page", pathname + search);
  // Next.js reads the nonce for its own scripts from the request's policy.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Pages only: neither the API and the probes, nor files. */
export const config = {
  matcher: ["/((?!api/|_next/|healthz$|readyz$|metrics$|[^/]+\\.(?:svg|png|ico|txt|webmanifest)$).*)"],
};
