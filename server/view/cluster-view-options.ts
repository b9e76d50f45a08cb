import type { ClusterAccess } from "#server/kube/access.ts";
import type { KubeClient } from "#server/kube/client.ts";
import type { Discovery } from "#server/kube/discovery.ts";
import type { Identity } from "#server/kube/identity.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import type { Recorder } from "#server/recorded/recorder.ts";
import type { Tools } from "#server/tools/tools.ts";
import type { Siblings } from "./siblings.ts";

/** What a view is made of. The client is the view's own: closing the view closes it. */
export interface ClusterViewOptions {
  readonly cluster: string;
  readonly identity: Identity;
  readonly client: KubeClient;
  readonly discovery: Discovery;
  readonly access: ClusterAccess;
  readonly masker: Masker;
  readonly tools: Tools;
  readonly artifactHosts: readonly string[];
  /** Namespaces that may be tried for people who can't list namespaces. */
  readonly namespaceCandidates: readonly string[];
  /** Keeps what was applied, revision by revision, where that is wanted. */
  readonly recorder?: Recorder | undefined;
  /** Resolves when nobody waits for what the server does otherwise: what should be there is loaded then. */
  readonly whenIdle?: (() => Promise<void>) | undefined;
  /** The views of all identities: what is equal in two of them is kept once. */
  readonly siblings?: Siblings | undefined;
}
