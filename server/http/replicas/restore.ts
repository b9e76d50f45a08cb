import { apiError } from "#lib/api/errors.ts";
import type { ClusterCredentials } from "#server/kube/credentials.ts";
import { followTokens } from "../oidc/follow-tokens.ts";
import type { OidcTokenSource } from "../oidc/oidc-token-source.ts";
import type { HttpRuntime } from "../runtime-interface.ts";
import type { ClusterLogin, Session } from "../session.ts";
import { followView } from "../validity.ts";
import type { SessionContent } from "./session-content.ts";
import type { SessionHead } from "./session-head.ts";

type KeptCluster = SessionContent["clusters"][number];

/**
 * Opens a session with what another replica has kept of it: its views, its tokens, its way to Argo CD. A cluster that can't be gone on with
 * is one that the person is no longer logged in to. @throws ApiError 503 where there is no other
 */
export async function restoreSession(
  runtime: HttpRuntime,
  id: string,
  { expiresAt }: SessionHead,
  content: SessionContent,
): Promise<Session> {
  const sources = content.tokens.map((tokens) => runtime.oidc?.source(tokens));
  const lost = new Map<string, { reason: string; identity: KeptCluster["identity"] }>(
    content.lost.map(({ name, ...why }) => [name, why]),
  );
  const clusters: ClusterLogin[] = [];
  for (const kept of content.clusters) {
    const { name, identity } = kept;
    try {
      const credentials = await credentialsOf(runtime, kept, sources);
      clusters.push(await loginOf(runtime, kept, credentials));
    } catch (error) {
      lost.set(name, { reason: error instanceof Error ? error.message : "It can't be opened again.", identity });
    }
  }
  const [first] = clusters;
  if (!first) throw apiError(503, "sessions-unavailable", "None of the session's clusters can be opened again.");
  const cluster = (clusters.find(({ name }) => name === content.cluster) ?? first).name;
  const session = runtime.sessions.restore(id, { clusters, secure: content.secure, cluster, lost, expiresAt });
  for (const each of session.clusters.values()) void followView(runtime, session, each);
  for (const source of sources) if (source) followTokens(runtime, session, source);
  for (const { name, argocdToken } of content.clusters) {
    const each = session.clusters.get(name);
    if (each && argocdToken !== undefined) void runtime.argocd.restore(each, argocdToken);
  }
  return session;
}

async function credentialsOf(
  { logins }: HttpRuntime,
  { credentials, proxyUser, tokens }: KeptCluster,
  sources: readonly (OidcTokenSource | undefined)[],
): Promise<ClusterCredentials> {
  if (proxyUser) return { ...(await logins.impersonating(proxyUser)), cluster: credentials.cluster };
  if (tokens === undefined) return credentials;
  const source = sources[tokens];
  if (!source) throw apiError(401, "cluster-lost", "There is no identity provider any more.");
  return { ...credentials, tokens: source };
}

async function loginOf(
  { views }: HttpRuntime,
  { name, identity, version, expiresAt, proxyUser }: KeptCluster,
  credentials: ClusterCredentials,
): Promise<ClusterLogin> {
  return {
    name,
    identity,
    credentials,
    lease: await views.acquire(credentials, identity),
    ...(version !== undefined && { version }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(proxyUser && { proxyUser }),
  };
}
