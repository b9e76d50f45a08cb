import { compareText } from "#lib/compare-text.ts";
import type { KubeClient } from "./client.ts";
import { CredentialError } from "./credential-error.ts";

/** Who the API server says a person is. */
export interface Identity {
  readonly username: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

interface SelfSubjectReview {
  readonly status?: {
    readonly userInfo?: {
      readonly username?: string;
      readonly uid?: string;
      readonly groups?: readonly string[];
      readonly extra?: Readonly<Record<string, readonly string[]>>;
    };
  };
}

/**
 * Asks the API server who the client's person is, by SelfSubjectReview (Kubernetes 1.28 and newer).
 *
 * @throws CredentialError `anonymous` when the server took the request without recognising anyone: nobody's rights are never
 * used as somebody's (CVE-2026-23990). @throws KubeError for every other refusal, such as 401.
 */
export async function identify(client: KubeClient, signal?: AbortSignal): Promise<Identity> {
  const review = await client.request<SelfSubjectReview>({
    method: "POST",
    path: "/apis/authentication.k8s.io/v1/selfsubjectreviews",
    body: { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" },
    timeout: 15_000,
    ...(signal ? { signal } : {}),
  });
  const user = review.status?.userInfo;
  const username = user?.username ?? "";
  const groups = user?.groups ?? [];
  if (username === "" || username === "system:anonymous" || groups.includes("system:unauthenticated")) {
    throw new CredentialError(
      "anonymous",
      "The cluster does not know who these credentials belong to.",
      "Log in with a token or a client certificate of a user or service account.",
    );
  }
  return {
    username,
    groups: [...groups],
    ...(user?.uid ? { uid: user.uid } : {}),
    ...(user?.extra ? { extra: user.extra } : {}),
  };
}

/**
 * A map key that is equal for equal identities alone: user name, uid, groups and extra, whatever their order.
 * The credential's own id (`authentication.kubernetes.io/credential-id`) is left out: it differs for each token of the same person.
 */
export function identityKey(identity: Identity): string {
  const extra = Object.entries(identity.extra ?? {})
    .filter(([name]) => name !== "authentication.kubernetes.io/credential-id")
    .map(([name, values]): [string, string[]] => [name, [...values].sort()])
    .sort(([a], [b]) => compareText(a, b));
  return JSON.stringify([identity.username, identity.uid ?? "", [...identity.groups].sort(), extra]);
}
