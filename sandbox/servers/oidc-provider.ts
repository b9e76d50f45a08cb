/**
 * An OpenID provider for the sandbox's people, on HTTPS: kube-apiserver takes no other issuer.
 *
 * Usage: node oidc-provider.ts PORT CERTIFICATE KEY
 */
import { generateKeyPairSync, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { Provider, type ClientMetadata } from "oidc-provider";

import { loginForm } from "./oidc-login-form.ts";
import { oidcClient, oidcUsers, secretOidcClient, shortOidcClient, shortTokenSeconds } from "./oidc-users.ts";

const [port, certificate, key] = process.argv.slice(2);
if (!port || !certificate || !key) throw new Error("usage: oidc-provider.ts PORT CERTIFICATE KEY");
const issuer = `https://127.0.0.1:${port}`;
const lifetime = 3600;
/** Grants by account, to take back on request what a person has been granted. */
const grants = new Map<string, Set<string>>();

/** A native application's redirect to the loopback may have any port (RFC 8252, 7.3): each Driftglass has its own. */
const client = (more: Partial<ClientMetadata> & { client_id: string }): ClientMetadata => ({
  application_type: "native",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  redirect_uris: ["http://127.0.0.1/api/v1/oidc/callback"],
  token_endpoint_auth_method: "none",
  ...more,
});

const provider = new Provider(issuer, {
  clients: [
    client({ client_id: oidcClient }),
    client({ client_id: shortOidcClient }),
    client({
      client_id: secretOidcClient.id,
      client_secret: secretOidcClient.secret,
      token_endpoint_auth_method: "client_secret_basic",
    }),
  ],
  jwks: { keys: [signingKey()] },
  cookies: { keys: [randomBytes(32).toString("hex")] },
  claims: { openid: ["sub"], profile: ["preferred_username"], groups: ["groups"] },
  scopes: ["openid", "offline_access", "profile", "groups"],
  // kube-apiserver reads the id token alone.
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
  interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
  findAccount: (_context, id) => {
    const user = oidcUsers.find(({ name }) => name === id);
    if (!user) return undefined;
    return {
      accountId: id,
      claims: () => ({ sub: id, preferred_username: user.name, groups: [...user.groups] }),
    };
  },
  issueRefreshToken: (_context, { clientId }, { scopes }) =>
    scopes.has("offline_access") || clientId === shortOidcClient,
  // One that is used twice ends all of the grant, as providers do that take theft seriously.
  rotateRefreshToken: () => true,
  ttl: {
    IdToken: (_context, _token, { clientId }) => (clientId === shortOidcClient ? shortTokenSeconds : lifetime),
    AccessToken: lifetime,
    AuthorizationCode: 60,
    Grant: 24 * lifetime,
    Interaction: lifetime,
    RefreshToken: 24 * lifetime,
    Session: 24 * lifetime,
  },
});
provider.on("server_error", (_context, error) => console.error(error));
const serve = provider.callback();

createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
  answer(request, response).catch((error: unknown) => {
    console.error(error);
    if (!response.headersSent) response.writeHead(400);
    response.end("This login is over: begin again where you came from.\n");
  });
}).listen(Number(port), "127.0.0.1", () => console.log(`OpenID provider listens at ${issuer}`));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", issuer);
  response.on("close", () => console.log(`${request.method} ${pathname} ${response.statusCode}`));
  if (pathname === "/healthz") response.writeHead(200).end("ok");
  else if (pathname === "/sandbox/revoke" && request.method === "POST") await revoke(request, response);
  else if (pathname.startsWith("/interaction/")) await interact(request, response);
  else await serve(request, response);
}

/** The provider's own page: who are you? What a client may see of it is granted without asking. */
async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const details = await provider.interactionDetails(request, response);
  const { scope, client_id: clientId } = details.params as { scope?: string; client_id?: string };
  if (request.method === "GET" && details.prompt.name === "login") {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(loginForm());
    return;
  }
  const user = details.session?.accountId ?? (await checkedUser(request))?.name;
  if (user === undefined) {
    response
      .writeHead(401, { "content-type": "text/html; charset=utf-8" })
      .end(loginForm("Wrong user name or password."));
    return;
  }
  const grant = new provider.Grant({ accountId: user, ...(clientId !== undefined && { clientId }) });
  grant.addOIDCScope(scope ?? "openid");
  const grantId = await grant.save();
  grants.set(user, (grants.get(user) ?? new Set()).add(grantId));
  await provider.interactionFinished(
    request,
    response,
    { login: { accountId: user, remember: false }, consent: { grantId } },
    { mergeWithLastSubmission: true },
  );
}

async function checkedUser(request: IncomingMessage): Promise<{ name: string } | undefined> {
  const form = new URLSearchParams(await readText(request));
  const user = oidcUsers.find(({ name }) => name === form.get("name"));
  const [wanted, given] = [user?.password ?? "", form.get("password") ?? ""].map((text) => Buffer.from(text));
  if (!user || !wanted || wanted.length !== given?.length || !timingSafeEqual(wanted, given)) return undefined;
  return user;
}

/** As an administrator of a provider does when somebody leaves: `name` can renew nothing any more. */
async function revoke(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = new URLSearchParams(await readText(request)).get("name") ?? "";
  for (const grantId of grants.get(name) ?? []) {
    await provider.RefreshToken.revokeByGrantId(grantId);
    await (await provider.Grant.find(grantId))?.destroy();
  }
  grants.delete(name);
  response.writeHead(204).end();
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 10_000) throw new Error("too long");
  }
  return text;
}

function signingKey() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kty: "RSA", kid: "sandbox", alg: "RS256", use: "sig" };
}
