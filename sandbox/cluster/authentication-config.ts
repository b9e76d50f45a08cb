import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { oidcClient, oidcPrefix, secretOidcClient, shortOidcClient } from "../servers/oidc-users.ts";
import type { Layout } from "./layout.ts";

/** File that tells the API server whose tokens it takes besides its own. */
export function authenticationConfigPath({ directory }: Layout): string {
  return join(directory, "authentication.json");
}

/** Has the API server take the OpenID provider's id tokens (https://kubernetes.io/docs/reference/access-authn-authz/authentication/). */
export async function writeAuthenticationConfig(layout: Layout): Promise<void> {
  const content = {
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "AuthenticationConfiguration",
    jwt: [
      {
        issuer: {
          url: layout.oidcIssuer,
          audiences: [oidcClient, shortOidcClient, secretOidcClient.id],
          audienceMatchPolicy: "MatchAny",
          certificateAuthority: await readFile(join(layout.keys, "ca.crt"), "utf8"),
        },
        claimMappings: {
          username: { claim: "preferred_username", prefix: oidcPrefix },
          groups: { claim: "groups", prefix: oidcPrefix },
        },
      },
    ],
  };
  await writeFile(authenticationConfigPath(layout), JSON.stringify(content), { mode: 0o600 });
}
