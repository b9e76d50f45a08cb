import { readFile } from "node:fs/promises";
import * as oidc from "openid-client";
import { Agent, fetch as send } from "undici";
import type { Clock } from "../clock.ts";
import { tokenExpiry } from "../token-expiry.ts";
import { isOidcFault, OidcFault } from "./oidc-fault.ts";
import { OidcTokenSource, type OidcTokens, type Renewal } from "./oidc-token-source.ts";

/** The identity provider that whoever runs Driftglass has named. */
export interface OidcSettings {
  /** `https://…`, exactly as it stands in the tokens. */
  readonly issuer: string;
  readonly clientId: string;
  /** File with the client's secret, read when it is needed; a public client has none. */
  readonly clientSecretFile?: string;
  readonly scopes: readonly string[];
  /** File with the CA certificates of the provider; the system's when absent. */
  readonly caFile?: string;
  /** What the button says. */
  readonly name: string;
}

/** A login that has been begun, to be kept by the browser alone. */
export interface OidcFlow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Logs people in at one identity provider, by authorization code with PKCE, state and nonce. @throws OidcFault from each */
export interface OidcClient {
  readonly name: string;
  begin(redirectUri: string): Promise<{ url: URL; flow: OidcFlow }>;
  /** @param callback the redirect URI with what the provider has put behind it */
  finish(callback: URL, flow: OidcFlow): Promise<OidcTokens>;
  /** Where the clusters get these tokens from, and those that come after them. */
  source(tokens: OidcTokens): OidcTokenSource;
}

/** Seconds for each request to the provider. */
const timeout = 10;

/**
 * A client of the configured provider. Its metadata is fetched when it is needed first, from the configured issuer alone, and must name
 * that issuer; redirects are not followed, and plain HTTP is not spoken.
 */
export function createOidcClient(settings: OidcSettings, clock: Clock): OidcClient {
  let found: Promise<oidc.Configuration> | undefined;
  const configuration = (): Promise<oidc.Configuration> => {
    found ??= discover(settings).catch((error: unknown) => {
      found = undefined;
      throw faultOf(error);
    });
    return found;
  };
  const renewal: Renewal = {
    refresh: (refreshToken) =>
      attempt(async () => tokensOf(await oidc.refreshTokenGrant(await configuration(), refreshToken), refreshToken)),
    async revoke(refreshToken) {
      try {
        const known = await configuration();
        if (known.serverMetadata().revocation_endpoint !== undefined) await oidc.tokenRevocation(known, refreshToken);
      } catch {
        // It expires by itself.
      }
    },
  };
  return {
    name: settings.name,
    async begin(redirectUri) {
      const flow = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: settings.scopes.join(" "),
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: "S256",
        // Without being asked, providers give no token for later (OpenID Connect Core, 11).
        ...(settings.scopes.includes("offline_access") ? { prompt: "consent" } : {}),
      });
      return { url, flow };
    },
    finish: (callback, { state, nonce, verifier }) =>
      attempt(async () =>
        tokensOf(
          await oidc.authorizationCodeGrant(await configuration(), callback, {
            expectedState: state,
            expectedNonce: nonce,
            pkceCodeVerifier: verifier,
            idTokenExpected: true,
          }),
        ),
      ),
    source: (tokens) => new OidcTokenSource(tokens, renewal, clock),
  };
}

async function discover({ issuer, clientId, clientSecretFile, caFile }: OidcSettings): Promise<oidc.Configuration> {
  const ca = caFile === undefined ? undefined : await readFile(caFile, "utf8");
  const secret = clientSecretFile === undefined ? undefined : (await readFile(clientSecretFile, "utf8")).trim();
  const dispatcher = new Agent({ connect: { ...(ca === undefined ? {} : { ca }), timeout: timeout * 1000 } });
  const customFetch: oidc.CustomFetch = async (url, options) => {
    const { method, headers, body, redirect, signal } = options;
    const answer = await send(url, {
      method,
      headers,
      redirect,
      dispatcher,
      ...(body === undefined || body === null
        ? {}
        : { body: body instanceof URLSearchParams ? body.toString() : body }),
      ...(signal ? { signal } : {}),
    });
    return new Response(await answer.text(), { status: answer.status, headers: [...answer.headers] });
  };
  const configuration = await oidc.discovery(
    new URL(issuer),
    clientId,
    undefined,
    secret === undefined ? oidc.None() : oidc.ClientSecretBasic(secret),
    { [oidc.customFetch]: customFetch, timeout },
  );
  // The token comes from the provider itself over TLS, and its signature is looked at all the same.
  oidc.enableNonRepudiationChecks(configuration);
  return configuration;
}

/** @param before the refresh token that stays good where the provider gives no new one */
function tokensOf(
  { id_token: idToken, refresh_token: next }: { readonly id_token?: string; readonly refresh_token?: string },
  before?: string,
): OidcTokens {
  const expiresAt = tokenExpiry(idToken);
  if (idToken === undefined || expiresAt === undefined)
    throw new OidcFault("refused", "The identity provider gave no id token.");
  const refreshToken = next ?? before;
  return { idToken, expiresAt, ...(refreshToken === undefined ? {} : { refreshToken }) };
}

async function attempt<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw faultOf(error);
  }
}

/** In our words: the provider's own may quote what was sent. */
function faultOf(error: unknown): OidcFault {
  if (isOidcFault(error)) return error;
  if (error instanceof oidc.AuthorizationResponseError)
    return error.error === "access_denied"
      ? new OidcFault("denied", "The identity provider did not let you in.")
      : new OidcFault("refused", `The identity provider refused the login (${word(error.error)}).`);
  if (error instanceof oidc.ResponseBodyError)
    return error.error === "invalid_grant"
      ? new OidcFault("revoked", "The identity provider has ended this login.")
      : new OidcFault("refused", `The identity provider refused to give a token (${word(error.error)}).`);
  if (error instanceof oidc.ClientError && error.code !== "OAUTH_TIMEOUT")
    return new OidcFault(
      "refused",
      `The identity provider's answer can't be taken (${word(error.code ?? "unknown")}).`,
    );
  return new OidcFault("unreachable", "The identity provider can't be reached.");
}

/** Error words are short by their standards; what is not is left out. */
function word(code: string): string {
  return /^[\w.-]{1,60}$/.test(code) ? code : "unknown";
}
