import { createKubeClient } from "#server/kube/kube-client.ts";
import { credentialsOfAccount } from "#server/kube/own-account.ts";
import { revokeTokens } from "../logout.ts";
import type { HttpRuntime } from "../runtime-interface.ts";
import { createSealer, deriveKey } from "../sealer.ts";
import type { SessionLifetimes } from "../session.ts";
import { createForwarder } from "./forwarder.ts";
import { restoreSession } from "./restore.ts";
import { contentOf } from "./session-content.ts";
import { signedIds, type SignedIds } from "./session-ids.ts";
import { createSessionStorage } from "./session-storage.ts";
import { SharedSessions } from "./shared-sessions.ts";
import type { SharingConfig } from "./sharing-config.ts";

/** What replicas have in common, before there is a runtime. */
export interface Sharing {
  readonly ids: SignedIds;
  readonly sealer: HttpRuntime["sealer"];
  /** For masking, so that what one replica has masked can be compared with what another has. */
  readonly maskKey: Uint8Array;
  /** @param runtime what restored sessions are opened in, once it is there */
  open(
    runtime: () => HttpRuntime,
    basics: Pick<HttpRuntime, "sessions" | "clock"> & { readonly lifetimes: SessionLifetimes },
  ): Promise<Required<Pick<HttpRuntime, "shared" | "forwarder">>>;
}

/** Prepares what replicas share; nothing is asked of the cluster yet. @param caPath the cluster's own certificate authority */
export function createSharing({ keys, namespace, account, home }: SharingConfig, caPath: string): Sharing {
  const [newest] = keys;
  if (!newest) throw new Error("sharing sessions needs a key");
  const sealer = createSealer(keys);
  const ids = signedIds(keys);
  return {
    ids,
    sealer,
    maskKey: deriveKey(newest, "mask"),
    async open(runtime, basics) {
      const client = createKubeClient(await credentialsOfAccount(account, caPath));
      const shared = new SharedSessions({
        ...basics,
        storage: createSessionStorage(client, namespace, sealer),
        sealer,
        ids,
        home,
        contentOf: (session) => contentOf(session, (cluster) => runtime().argocd.token(cluster)),
        restore: (id, head, content) => restoreSession(runtime(), id, head, content),
        revoke: revokeTokens,
      });
      return { shared, forwarder: createForwarder(sealer, home, basics.clock) };
    },
  };
}
