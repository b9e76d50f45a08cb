import { apiError } from "#lib/api/errors.ts";
import type { HttpConfig } from "./runtime-interface.ts";

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** The origin by which the browser reached us, as far as the request tells; a configured public URL rules. */
export function ownOrigin(request: Request, config: HttpConfig): URL {
  if (config.publicUrl !== undefined) return new URL(config.publicUrl);
  const forwarded = request.headers.get("x-forwarded-proto")?.split(",").at(-1)?.trim();
  const host = request.headers.get("host") ?? new URL(request.url).host;
  return new URL(`${forwarded === "https" ? "https" : "http"}://${host}`);
}

/** Whether the browser reached us over HTTPS: then the session's cookie is `Secure`. */
export function isSecure(request: Request, config: HttpConfig): boolean {
  if (ownOrigin(request, config).protocol === "https:") return true;
  // A proxy that ends TLS and does not say so: the browser's Origin does.
  const origin = originOf(request);
  return origin?.protocol === "https:" && origin.host === ownOrigin(request, config).host;
}

/**
 * In local mode the server answers under loopback names and the configured one alone, so that a page of elsewhere can't reach it by
 * pointing its own name to 127.0.0.1 (DNS rebinding). @throws ApiError 421
 */
export function requireOwnHost(request: Request, config: HttpConfig): void {
  if (config.mode !== "local") return;
  const host = request.headers.get("host") ?? "";
  const name = host.replace(/:\d+$/, "");
  if (loopback.test(name)) return;
  if (config.publicUrl !== undefined && new URL(config.publicUrl).host === host) return;
  throw apiError(421, "wrong-host", "This Driftglass runs for local use and does not answer under this name.", {
    hint: "Open it as http://localhost with its port, or set its public URL.",
  });
}

/**
 * Takes changes from our own pages alone (GHSA-92mw-q256-5vwg: cross-site requests from a sibling subdomain, which SameSite lets through).
 * One of `Origin` and `Sec-Fetch-Site` must be there, and what is there must say "same origin". @throws ApiError 403
 */
export function requireSameOrigin(request: Request, config: HttpConfig): void {
  const site = request.headers.get("sec-fetch-site");
  const hasOrigin = request.headers.has("origin");
  const siteOk = site === null || site === "same-origin";
  if (
    (site !== null || hasOrigin) &&
    siteOk &&
    (!hasOrigin || isOwn(originOf(request), ownOrigin(request, config), config))
  )
    return;
  throw apiError(403, "cross-origin", "Changes are taken from Driftglass's own pages only.", {
    hint: "A program must send an Origin header with Driftglass's own origin. Behind a proxy, set the public URL.",
  });
}

function isOwn(origin: URL | undefined, own: URL, config: HttpConfig): boolean {
  if (!origin) return false;
  if (origin.origin === own.origin) return true;
  // Same host, https there and http here: a proxy that ends TLS and does not say so.
  return (
    config.publicUrl === undefined &&
    own.protocol === "http:" &&
    origin.protocol === "https:" &&
    origin.host === own.host
  );
}

function originOf(request: Request): URL | undefined {
  const header = request.headers.get("origin");
  return header !== null && URL.canParse(header) ? new URL(header) : undefined;
}
