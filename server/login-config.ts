import { readFileSync } from "node:fs";
import { z } from "zod";
import { isNetwork } from "#server/http/networks.ts";
import type { OidcSettings } from "#server/http/oidc/oidc-client.ts";
import type { ProxySettings } from "#server/http/proxy-user.ts";

const list = z
  .string()
  .optional()
  .transform((text) => (text ?? "").split(/[\s,]+/).filter((item) => item !== ""));
const networks = list.refine((items) => items.every(isNetwork), "each must be an address or ADDRESS/PREFIX");
const path = z.string().min(1).optional();
const headerName = z
  .string()
  .regex(/^[\w-]+$/, "must be the name of a header")
  .optional();

/** What the environment says of logging in. */
export const loginEnvironmentSchema = z.object({
  DRIFTGLASS_OIDC_ISSUER: z.url({ protocol: /^https$/, error: "must be an https URL" }).optional(),
  DRIFTGLASS_OIDC_CLIENT_ID: z.string().min(1).optional(),
  DRIFTGLASS_OIDC_CLIENT_SECRET_FILE: path,
  DRIFTGLASS_OIDC_SCOPES: list,
  DRIFTGLASS_OIDC_CA_FILE: path,
  DRIFTGLASS_OIDC_NAME: z.string().min(1).max(60).optional(),
  DRIFTGLASS_PROXY_USER_HEADER: headerName,
  DRIFTGLASS_PROXY_GROUPS_HEADER: headerName,
  DRIFTGLASS_PROXY_EXTRA_PREFIX: headerName,
  DRIFTGLASS_PROXY_SECRET_FILE: path,
  DRIFTGLASS_PROXY_SECRET_HEADER: headerName,
  DRIFTGLASS_PROXY_PEERS: networks,
  DRIFTGLASS_PROXY_TOKEN_FILE: path,
  DRIFTGLASS_TRUSTED_PROXIES: networks,
  DRIFTGLASS_CLUSTERS: path,
  DRIFTGLASS_SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(1440).default(30),
  DRIFTGLASS_SESSION_HOURS: z.coerce.number().int().min(1).max(168).default(12),
  DRIFTGLASS_LAUNCH: z.enum(["link", "off"]).optional(),
  DRIFTGLASS_LAUNCH_TOKEN: z.string().min(20).optional(),
  NODE_ENV: z.string().optional(),
  PORT: z.string().optional(),
});

/** How people may log in, beyond what they bring themselves. */
export interface LoginConfig {
  readonly oidc?: OidcSettings;
  readonly proxy?: ProxySettings;
  /** File with the token that acts as the people whom the proxy names. */
  readonly proxyTokenPath: string;
  /** Networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** A kubeconfig whose clusters tokens may be for; its users are not read. */
  readonly clustersPath?: string;
  /** Milliseconds. */
  readonly lifetimes: { readonly idle: number; readonly absolute: number };
  /** Whether this machine's contexts need the link that is printed at the start, with the first link's token if it is known. */
  readonly launch?: { readonly token?: string };
}

const podToken = "/var/run/secrets/kubernetes.io/serviceaccount/token";
/** Where load balancers and ingress controllers are. */
const nearby = ["127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

/** Makes the configuration. @throws Error that names what is missing */
export function loginConfig(env: z.infer<typeof loginEnvironmentSchema>, mode: "local" | "hosted"): LoginConfig {
  const oidc = oidcSettings(env);
  const proxy = proxySettings(env);
  if (proxy && mode === "local") throw new Error("DRIFTGLASS_PROXY_USER_HEADER: needs DRIFTGLASS_MODE=hosted");
  const launch = env.DRIFTGLASS_LAUNCH ?? (env.NODE_ENV === "development" ? "off" : "link");
  const trusted = env.DRIFTGLASS_TRUSTED_PROXIES;
  return {
    ...(oidc && { oidc }),
    ...(proxy && { proxy }),
    proxyTokenPath: env.DRIFTGLASS_PROXY_TOKEN_FILE ?? podToken,
    trustedProxies: trusted.length > 0 ? trusted : mode === "hosted" ? nearby : [],
    ...(env.DRIFTGLASS_CLUSTERS !== undefined && { clustersPath: env.DRIFTGLASS_CLUSTERS }),
    lifetimes: {
      idle: env.DRIFTGLASS_SESSION_IDLE_MINUTES * 60_000,
      absolute: env.DRIFTGLASS_SESSION_HOURS * 3_600_000,
    },
    ...(mode === "local" &&
      launch === "link" && {
        launch: { ...(env.DRIFTGLASS_LAUNCH_TOKEN !== undefined && { token: env.DRIFTGLASS_LAUNCH_TOKEN }) },
      }),
  };
}

function oidcSettings(env: z.infer<typeof loginEnvironmentSchema>): OidcSettings | undefined {
  const issuer = env.DRIFTGLASS_OIDC_ISSUER;
  if (issuer === undefined) return undefined;
  const clientId = env.DRIFTGLASS_OIDC_CLIENT_ID;
  if (clientId === undefined) throw new Error("DRIFTGLASS_OIDC_CLIENT_ID: is needed with DRIFTGLASS_OIDC_ISSUER");
  const scopes = env.DRIFTGLASS_OIDC_SCOPES;
  if (scopes.length > 0 && !scopes.includes("openid"))
    throw new Error("DRIFTGLASS_OIDC_SCOPES: must have `openid`, without which there is no id token");
  return {
    issuer,
    clientId,
    scopes: scopes.length > 0 ? scopes : ["openid", "profile", "email", "groups", "offline_access"],
    name: env.DRIFTGLASS_OIDC_NAME ?? new URL(issuer).host,
    ...(env.DRIFTGLASS_OIDC_CLIENT_SECRET_FILE !== undefined && {
      clientSecretFile: env.DRIFTGLASS_OIDC_CLIENT_SECRET_FILE,
    }),
    ...(env.DRIFTGLASS_OIDC_CA_FILE !== undefined && { caFile: env.DRIFTGLASS_OIDC_CA_FILE }),
  };
}

function proxySettings(env: z.infer<typeof loginEnvironmentSchema>): ProxySettings | undefined {
  const userHeader = env.DRIFTGLASS_PROXY_USER_HEADER;
  if (userHeader === undefined) return undefined;
  const secretFile = env.DRIFTGLASS_PROXY_SECRET_FILE;
  const peers = env.DRIFTGLASS_PROXY_PEERS;
  if (secretFile === undefined && peers.length === 0)
    throw new Error(
      "DRIFTGLASS_PROXY_USER_HEADER: needs DRIFTGLASS_PROXY_SECRET_FILE or DRIFTGLASS_PROXY_PEERS, or anybody could say who they are",
    );
  const secret = secretFile === undefined ? undefined : readSecret(secretFile);
  return {
    userHeader,
    secretHeader: env.DRIFTGLASS_PROXY_SECRET_HEADER ?? "X-Driftglass-Proxy-Secret",
    peers,
    ...(secret !== undefined && { secret }),
    ...(env.DRIFTGLASS_PROXY_GROUPS_HEADER !== undefined && { groupsHeader: env.DRIFTGLASS_PROXY_GROUPS_HEADER }),
    ...(env.DRIFTGLASS_PROXY_EXTRA_PREFIX !== undefined && { extraPrefix: env.DRIFTGLASS_PROXY_EXTRA_PREFIX }),
  };
}

function readSecret(file: string): string {
  let secret: string;
  try {
    secret = readFileSync(file, "utf8").trim();
  } catch {
    throw new Error(`DRIFTGLASS_PROXY_SECRET_FILE: ${file} can't be read`);
  }
  if (secret.length < 16) throw new Error("DRIFTGLASS_PROXY_SECRET_FILE: must hold at least 16 characters");
  return secret;
}
