import { createHmac } from "node:crypto";

/** The accounts of Argo CD's API server: one may read everything, one nothing at all. */
const accounts = ["reader", "guest"] as const;

/** Tokens for Argo CD's API server. */
export interface ArgocdTokens {
  /** May read all Applications. */
  readonly reader: string;
  /** Is known to Argo CD and may read nothing. */
  readonly guest: string;
  /** Was `reader`'s until long ago. */
  readonly expired: string;
}

// Argo CD takes any of these moments; a fixed one lets the Secret and the tokens be made apart from each other.
const issuedAt = Date.UTC(2026, 0, 5) / 1000;
const expiredId = "reader-expired";

/** Entries of argocd-cm: each account may have tokens and none logs in by a password. */
export const accountSettings: Readonly<Record<string, string>> = {
  "admin.enabled": "false",
  ...Object.fromEntries(accounts.map((name) => [`accounts.${name}`, "apiKey"])),
};

/** Entries of argocd-rbac-cm. */
export const accountRoles: Readonly<Record<string, string>> = { "policy.csv": "g, reader, role:readonly\n" };

/** Entries of argocd-secret: the ids of the tokens that were issued. */
export const accountSecrets: Readonly<Record<string, string>> = Object.fromEntries(
  accounts.map((name) => {
    const ids = name === "reader" ? [name, expiredId] : [name];
    return [`accounts.${name}.tokens`, JSON.stringify(ids.map((id) => ({ id, iat: issuedAt })))];
  }),
);

/** Signs the tokens as Argo CD does (`util/session/sessionmanager.go`): JWTs by its server key. */
export function argocdTokens(serverKey: string): ArgocdTokens {
  return {
    reader: sign(serverKey, { sub: "reader:apiKey", jti: "reader" }),
    guest: sign(serverKey, { sub: "guest:apiKey", jti: "guest" }),
    expired: sign(serverKey, { sub: "reader:apiKey", jti: expiredId, exp: issuedAt + 3600 }),
  };
}

function sign(key: string, claims: Readonly<Record<string, string | number>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const payload = { iss: "argocd", iat: issuedAt, nbf: issuedAt, ...claims };
  const content = `${part({ alg: "HS256", typ: "JWT" })}.${part(payload)}`;
  return `${content}.${createHmac("sha256", key).update(content).digest("base64url")}`;
}
