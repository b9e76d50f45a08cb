/** Someone who can log in at the sandbox's OpenID provider. */
export interface OidcUser {
  readonly name: string;
  readonly password: string;
  /** What RBAC binds, with {@link oidcPrefix} before it. */
  readonly groups: readonly string[];
}

/** What the API server puts before the provider's user names and groups, so that they can't pass for others. */
export const oidcPrefix = "oidc:";

/** The provider's people; known to everyone, as it listens on the loopback and opens a sandbox alone. */
export const oidcUsers: readonly OidcUser[] = [
  { name: "olivia", password: "olivia-of-the-sandbox", groups: ["platform"] },
  { name: "victor", password: "victor-of-the-sandbox", groups: ["viewers"] },
  { name: "tess", password: "tess-of-the-sandbox", groups: ["team-a"] },
];

/** Driftglass at the provider: public, so that PKCE alone protects the code. */
export const oidcClient = "driftglass";

/** The same, with tokens that live for {@link shortTokenSeconds} only, to see them renewed. */
export const shortOidcClient = "driftglass-short";

/** Driftglass at the provider with a secret. */
export const secretOidcClient = { id: "driftglass-confidential", secret: "a-secret-of-the-sandbox-alone" } as const;

/** Life of the tokens of {@link shortOidcClient}. */
export const shortTokenSeconds = 10;
