import { createHash, randomBytes } from "node:crypto";
import { apiError } from "#lib/api/errors.ts";
import { cookieOf } from "./cookie.ts";
import type { OpenCall } from "./guard.ts";
import { isSecure } from "./origin.ts";
import type { HttpRuntime } from "./runtime-interface.ts";

const cookieName = "driftglass_launch";
/** The proof itself is worth nothing once the process has ended. */
const cookieSeconds = 365 * 24 * 3600;

/**
 * Links by which a browser shows that it belongs to whoever started a local server: only they see what it prints. Others who can reach
 * the loopback port (users of the same machine) could otherwise log in with the starter's kubeconfig. Each link works once, because
 * addresses get into histories and lists of processes; then the next one is printed.
 */
export class LaunchLinks {
  readonly #print: (path: string) => void;
  readonly #proofs = new Set<string>();
  #token: string;

  /** @param print gets the path of each link after the first, whose token `first` is already known to who started the server. */
  constructor(first: string | undefined, print: (path: string) => void) {
    this.#print = print;
    this.#token = first ?? "";
    if (first === undefined) this.#renew();
  }

  /** The proof for a link's token; undefined when it is wrong or used up. */
  use(token: string): string | undefined {
    if (hash(token) !== hash(this.#token)) return undefined;
    this.#renew();
    const proof = newToken();
    this.#proofs.add(hash(proof));
    return proof;
  }

  /** Whether a browser has shown a link. */
  holds(proof: string | undefined): boolean {
    return proof !== undefined && this.#proofs.has(hash(proof));
  }

  #renew(): void {
    this.#token = newToken();
    this.#print(launchPath(this.#token));
  }
}

/** Path of the link with this token. */
function launchPath(token: string): string {
  return `/api/v1/launch?token=${token}`;
}

/** Whether the request's browser belongs to who started the server, or that need not be shown. */
export function holdsLaunchProof(request: Request, { launch }: HttpRuntime): boolean {
  return launch === undefined || launch.holds(cookieOf(request, cookieName));
}

/** `GET /api/v1/launch?token=`: takes a link, and goes on to the login page. @throws ApiError 403 */
export function takeLaunchLink({ request, runtime, url }: OpenCall<unknown>): Response {
  const proof = runtime.launch?.use(url.searchParams.get("token") ?? "");
  if (proof === undefined && runtime.launch !== undefined && !holdsLaunchProof(request, runtime)) {
    throw apiError(403, "launch-used", "This link is not valid any more: each works once.", {
      hint: "Driftglass has printed a new one where it was started.",
    });
  }
  const headers = new Headers({ Location: "/login" });
  if (proof !== undefined) {
    const secure = isSecure(request, runtime.config) ? "; Secure" : "";
    headers.append(
      "Set-Cookie",
      `${cookieName}=${proof}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${cookieSeconds}${secure}`,
    );
  }
  return new Response(null, { status: 303, headers });
}

function newToken(): string {
  return randomBytes(24).toString("base64url");
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
