import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterCredentials } from "#server/kube/credentials.ts";
import { createKubeClient } from "#server/kube/kube-client.ts";
import { credentialsOfAccount, type OwnAccount } from "#server/kube/own-account.ts";
import { createFileStorage } from "./file-storage.ts";
import { createSecretStorage } from "./secret-storage.ts";
import type { RecordStorage } from "./storage.ts";

/** Where records go. */
export type RecordsPlace =
  | { readonly kind: "folder"; readonly folder: string }
  | {
      readonly kind: "cluster";
      readonly namespace: string;
      readonly account: OwnAccount;
    };

/** How long the start waits for a store's key, milliseconds. */
const longestWait = 5_000;

/** A store with its masking key. */
export interface OpenedStorage {
  readonly storage: RecordStorage;
  /** The account that keeps it, where an API server does. */
  readonly credentials?: ClusterCredentials;
  /** The store's key; one of this process alone when the store can't be asked now, so that values are masked in any case. */
  readonly maskKey: Uint8Array;
}

/**
 * Opens a store. `caPath` is the cluster's own certificate authority, for a pod that uses its own account. One that can't be reached now may be well later: its faults show when it is used.
 * @throws CredentialError when the kubeconfig for it can't be used; nothing for a store that does not answer
 */
export async function openStorage(
  place: RecordsPlace,
  caPath: string,
  log: (line: string) => void,
): Promise<OpenedStorage> {
  if (place.kind === "folder") return await withKey(createFileStorage(place.folder), log);
  const credentials = await credentialsOfAccount(place.account, caPath);
  return { ...(await withKey(createSecretStorage(createKubeClient(credentials), place.namespace), log)), credentials };
}

async function withKey(storage: RecordStorage, log: (line: string) => void): Promise<OpenedStorage> {
  // Nobody can log in before there is a key, so a store that does not answer is not waited for.
  const late = sleep(longestWait, undefined, { ref: false }).then(() => {
    throw new Error(`${storage.place} did not answer within ${longestWait / 1000} s.`);
  });
  const maskKey = await Promise.race([storage.key(), late]).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : "unknown fault";
    log(
      `Recorded releases: ${reason} Until the next start, changed Secrets can't be told between these records and others.`,
    );
    return randomBytes(32);
  });
  return { storage, maskKey };
}
