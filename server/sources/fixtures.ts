import type { Sketch } from "../engines/testing/memory-store.ts";

const at = "2026-03-01T09:00:00Z";
const revision = "main@sha1:4a637a6d1f0e2b3c4d5e6f708192a3b4c5d6e7f8";

/** A condition as a controller writes it. */
export function condition(type: string, status: string, reason: string, message = ""): Record<string, unknown> {
  return { type, status, reason, message, lastTransitionTime: at, observedGeneration: 1 };
}

/** A GitRepository as source-controller leaves it; what a test gives replaces the parts. */
export function gitRepository(parts: {
  name?: string;
  metadata?: Record<string, unknown>;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
}): Sketch {
  return {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: parts.name ?? "shop", namespace: "flux-system", generation: 1, ...parts.metadata },
    spec: { url: "https://git.example.com/shop.git", ref: { branch: "main" }, interval: "1m0s", ...parts.spec },
    status: {
      artifact: { revision, digest: `sha256:${"a".repeat(64)}`, size: 2305, lastUpdateTime: at },
      conditions: [condition("Ready", "True", "Succeeded", `stored artifact for revision '${revision}'`)],
      observedGeneration: 1,
      ...parts.status,
    },
  };
}

/** What source-controller writes when a token is wrong. */
export const authenticationFailure = [
  condition(
    "Ready",
    "False",
    "AuthenticationFailed",
    "failed to checkout and determine revision: unable to clone 'https://git.example.com/shop.git': authentication required",
  ),
  condition(
    "FetchFailed",
    "True",
    "AuthenticationFailed",
    "failed to checkout and determine revision: unable to clone 'https://git.example.com/shop.git': authentication required",
  ),
];
