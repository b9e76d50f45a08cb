import { z } from "zod";
import type { OidcTokenSource } from "../oidc/oidc-token-source.ts";
import type { Session, SessionCluster } from "../session.ts";

const strings = z.array(z.string()).readonly();
const extra = z.record(z.string(), strings).exactOptional();
const identity = z.object({ username: z.string(), uid: z.string().exactOptional(), groups: strings, extra });
const text = z.string().exactOptional();

const credentials = z.object({
  cluster: z.string(),
  server: z.string(),
  ca: text,
  tlsServerName: text,
  skipTlsVerify: z.boolean().exactOptional(),
  proxyUrl: text,
  checkAddresses: z.boolean().exactOptional(),
  token: text,
  certificate: text,
  key: text,
  namespace: text,
  impersonate: z.object({ user: z.string(), uid: text, groups: strings.exactOptional(), extra }).exactOptional(),
});

const cluster = z.object({
  name: z.string(),
  version: text,
  identity,
  expiresAt: z.number().exactOptional(),
  credentials,
  /** Index into the tokens of identity providers, where its token is one of those. */
  tokens: z.number().exactOptional(),
  /** Whom the proxy in front has named: Driftglass' own account acts as them. */
  proxyUser: z.object({ user: z.string(), groups: strings, extra }).exactOptional(),
  argocdToken: text,
});

/** All that another replica needs to go on with a session. Holds credentials: it leaves the process sealed or not at all. */
export const sessionContentSchema = z.object({
  v: z.literal(1),
  secure: z.boolean(),
  cluster: z.string(),
  clusters: z.array(cluster),
  lost: z.array(z.object({ name: z.string(), reason: z.string(), identity })),
  tokens: z.array(z.object({ idToken: z.string(), expiresAt: z.number(), refreshToken: text })),
});

/** See {@link sessionContentSchema}. */
export type SessionContent = z.infer<typeof sessionContentSchema>;

/** What a cluster's credentials renew their token with, when that is an identity provider. */
export function oidcTokensOf({
  credentials: { tokens },
}: Pick<SessionCluster, "credentials">): OidcTokenSource | undefined {
  // By shape: start-up code and route handlers have a class each.
  return tokens && "ended" in tokens && "tokens" in tokens ? (tokens as OidcTokenSource) : undefined;
}

/** @param argocdToken the token that a cluster of the session has for Argo CD */
export function contentOf(
  session: Session,
  argocdToken: (cluster: SessionCluster) => string | undefined,
): SessionContent {
  const sources = [...new Set([...session.clusters.values()].flatMap((each) => oidcTokensOf(each) ?? []))];
  return {
    v: 1,
    secure: session.secure,
    cluster: session.cluster,
    clusters: [...session.clusters.values()].map((each) => {
      const { name, version, identity, expiresAt, proxyUser } = each;
      const { tokens: _, plugin: _plugin, ...plain } = each.credentials;
      const source = oidcTokensOf(each);
      const token = argocdToken(each);
      return {
        name,
        identity,
        credentials: plain,
        ...(version !== undefined && { version }),
        ...(expiresAt !== undefined && { expiresAt }),
        ...(proxyUser && { proxyUser }),
        ...(source && { tokens: sources.indexOf(source) }),
        ...(token !== undefined && { argocdToken: token }),
      };
    }),
    lost: [...session.lost].map(([name, { reason, identity }]) => ({ name, reason, identity })),
    tokens: sources.map(({ tokens }) => tokens),
  };
}

/** What the content of a session is sealed for; see `Session.sealing`. */
export function purpose(sealing: string): string {
  return `session ${sealing}`;
}
