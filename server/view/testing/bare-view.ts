import { createClusterAccess } from "#server/kube/access.ts";
import type { KubeClient } from "#server/kube/client.ts";
import { createDiscovery } from "#server/kube/discovery.ts";
import type { Identity } from "#server/kube/identity.ts";
import { createMasker, type Masker } from "#server/kube/redaction/masker.ts";
import { createTools } from "#server/tools/create-tools.ts";
import { LiveClusterView } from "../cluster-view.ts";

/** A view of what is behind a client, with no programs and no place to fetch artifacts from. The caller starts and closes it. */
export function bareView(
  client: KubeClient,
  identity: Identity,
  { masker = createMasker(), namespaceCandidates = [] }: { masker?: Masker; namespaceCandidates?: string[] } = {},
): LiveClusterView {
  return new LiveClusterView({
    cluster: "c",
    identity,
    client,
    discovery: createDiscovery(client),
    access: createClusterAccess(client),
    masker,
    tools: createTools({ searchPath: "", maskText: (text) => text }),
    artifactHosts: [],
    namespaceCandidates,
  });
}
