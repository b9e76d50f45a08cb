import { z } from "zod";
import { apiError, isApiError } from "#lib/api/errors.ts";
import { cookieOf, sessionIdOf } from "../cookie.ts";
import type { OpenCall } from "../guard.ts";
import { identityOf } from "../login-credentials.ts";
import { openSession, ownSession } from "../open-session.ts";
import { isSecure, ownOrigin } from "../origin.ts";
import type { HttpRuntime } from "../runtime-interface.ts";
import type { Recognised } from "../session.ts";
import { isCredentialFault } from "../problem.ts";
import { landingPage } from "./landing-page.ts";
import { followTokens } from "./follow-tokens.ts";
import { isOidcFault } from "./oidc-fault.ts";
import type { OidcTokenSource } from "./oidc-token-source.ts";

const purpose = "oidc login";
const cookieName = "driftglass_login";
const callbackPath = "/api/v1/oidc/callback";
/** Seconds that a person has for logging in at the provider. */
const patience = 600;

/** What the browser keeps, sealed, while the person is at the provider. */
const flowSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  next: z.string(),
  /** The session that the browser had: its cookie does not come back with a visit from elsewhere. */
  before: z.object({ id: z.string(), secure: z.boolean() }).optional(),
  until: z.number(),
});

/** Why a login at the provider failed, as the login page is told. */
export type OidcFailure = "denied" | "expired" | "provider" | "cluster";

/** `GET /api/v1/oidc/login?next=`: leads to the identity provider. @throws ApiError 404 where there is none, 503 */
export async function beginOidcLogin({ request, runtime, url }: OpenCall<unknown>): Promise<Response> {
  if (!runtime.oidc) throw apiError(404, "no-oidc", "This Driftglass has no identity provider.");
  const redirectUri = new URL(callbackPath, ownOrigin(request, runtime.config)).href;
  try {
    const { url: target, flow } = await runtime.oidc.begin(redirectUri);
    const before = sessionIdOf(request);
    const sealed = runtime.sealer.seal(purpose, {
      ...flow,
      redirectUri,
      next: pathOf(url.searchParams.get("next")),
      ...(before === undefined ? {} : { before }),
      until: runtime.clock.now() + patience * 1000,
    } satisfies z.infer<typeof flowSchema>);
    return redirect(target.href, flowCookie(request, runtime, sealed, patience));
  } catch (error) {
    if (!isOidcFault(error)) throw error;
    console.error(`[driftglass] OpenID provider: ${error.message}`);
    return failed(request, runtime, "provider");
  }
}

/**
 * `GET /api/v1/oidc/callback`: takes what the identity provider has sent, asks the clusters who it is, and opens the session. Failures lead
 * to the login page, which has words for them.
 */
export async function finishOidcLogin({ request, runtime, url }: OpenCall<unknown>): Promise<Response> {
  if (!runtime.oidc) throw apiError(404, "no-oidc", "This Driftglass has no identity provider.");
  const sealed = cookieOf(request, flowCookieName(request, runtime));
  const flow = flowSchema.safeParse(sealed === undefined ? undefined : runtime.sealer.open(purpose, sealed)).data;
  if (!flow || flow.until < runtime.clock.now()) return failed(request, runtime, "expired");
  try {
    const tokens = await runtime.oidc.finish(new URL(url.search, flow.redirectUri), flow);
    const source = runtime.oidc.source(tokens);
    const recognised = await recogniseEverywhere(runtime, source);
    const before = flow.before === undefined ? undefined : await ownSession(runtime, flow.before);
    const { session, cookie } = await openSession(request, runtime, recognised, before);
    followTokens(runtime, session, source);
    const page = landingPage(flow.next);
    page.headers.append("Set-Cookie", cookie);
    page.headers.append("Set-Cookie", flowCookie(request, runtime, "", 0));
    return page;
  } catch (error) {
    if (isOidcFault(error)) {
      console.error(`[driftglass] OpenID provider: ${error.message}`);
      return failed(request, runtime, error.code === "denied" ? "denied" : "provider");
    }
    if (!isApiError(error) && !isCredentialFault(error)) throw error;
    console.error(`[driftglass] OpenID login: ${error.message}`);
    return failed(request, runtime, "cluster");
  }
}

/** The clusters that take the provider's tokens. @throws ApiError of the first when none does */
async function recogniseEverywhere(runtime: HttpRuntime, tokens: OidcTokenSource): Promise<Recognised[]> {
  const endpoints = await runtime.logins.tokenClusters();
  const { refreshToken, expiresAt } = tokens.tokens;
  const answers = await Promise.allSettled(
    endpoints.map(async (endpoint): Promise<Recognised> => {
      const credentials = { ...endpoint, tokens };
      const identity = await identityOf(credentials, runtime);
      return { credentials, identity, ...(refreshToken === undefined ? { expiresAt } : {}) };
    }),
  );
  const recognised = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  if (recognised.length > 0) return recognised;
  for (const answer of answers) if (answer.status === "rejected") throw answer.reason;
  throw apiError(422, "no-token-cluster", "This Driftglass does not know which cluster the tokens are for.");
}

function failed(request: Request, runtime: HttpRuntime, failure: OidcFailure): Response {
  return redirect(`/login?failed=${failure}`, flowCookie(request, runtime, "", 0));
}

function redirect(location: string, cookie: string): Response {
  return new Response(null, { status: 303, headers: { Location: location, "Set-Cookie": cookie } });
}

function flowCookieName(request: Request, runtime: HttpRuntime): string {
  return isSecure(request, runtime.config) ? `__Host-${cookieName}` : cookieName;
}

/** `Lax`: the visit that comes back from the provider begins elsewhere. */
function flowCookie(request: Request, runtime: HttpRuntime, value: string, seconds: number): string {
  const secure = isSecure(request, runtime.config) ? "; Secure" : "";
  return `${flowCookieName(request, runtime)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;
}

/** A path of our own; everything else is the list. */
function pathOf(next: string | null): string {
  if (next === null || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next)) return "/apps";
  const { origin, pathname, search } = new URL(next, "http://page.invalid");
  return origin === "http://page.invalid" && !pathname.startsWith("/api/") ? pathname + search : "/apps";
}
