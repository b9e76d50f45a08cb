import { setTimeout as sleep } from "node:timers/promises";
import { sessionHeadAnnotation, sessionLabel, sessionSecretType } from "#lib/model/annotations.ts";
import { isKubeFault } from "../problem.ts";
import type { KubeClient } from "#server/kube/client.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { Reflector } from "#server/kube/reflector.ts";
import type { Sealer } from "../sealer.ts";
import { sessionHeadSchema, type SessionHead } from "./session-head.ts";

/** A session as it is kept. */
export interface StoredSession {
  readonly head: SessionHead;
  /** Sealed; absent once the session has ended. */
  readonly content?: string;
  readonly version: string;
}

/** Told of each head that comes or changes; `head` is undefined for one that has gone. */
export type HeadListener = (name: string, head: SessionHead | undefined, version: string) => void;

/** Where replicas keep the sessions that they have in common. @throws KubeError from each */
export interface SessionStorage {
  read(name: string): Promise<StoredSession | undefined>;
  /**
   * Writes what is there no otherwise than at this version, or not at all without one.
   * @returns the new version; undefined when it is there otherwise, or has gone
   */
  write(head: SessionHead, content: string | undefined, version?: string): Promise<string | undefined>;
  /** Removes it if it is still as it was at this version. */
  remove(name: string, version: string): Promise<void>;
  /** All of them, read now. */
  heads(): Promise<readonly StoredSession[]>;
  /** Tells of all that there are and of each change. @returns what ends it */
  follow(listener: HeadListener): () => Promise<void>;
  close(): Promise<void>;
}

interface Secret {
  readonly metadata?: {
    readonly name?: string;
    readonly resourceVersion?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
}

const metadataList = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json";
const resource = {
  group: "",
  version: "v1",
  kind: "Secret",
  plural: "secrets",
  namespaced: true,
  verbs: ["list", "watch"],
};
/** Nothing of these objects is shown to anybody: they hold sealed text alone. */
const unmasked = { maskObject: (object: KubeObject): KubeObject => object, maskText: (text: string): string => text };
/** Milliseconds for each request: a browser waits for it. */
const timeout = 5_000;
/** Milliseconds until sessions are followed anew. */
const pause = 5_000;

/**
 * Sessions as Secrets in one namespace. What is in them is sealed, the heads too, so that whoever may read the namespace learns neither who is logged in nor
 * where, and whoever may write it can't send a session elsewhere. The client's account needs get, list, watch, create, update and delete on Secrets there.
 */
export function createSessionStorage(client: KubeClient, namespace: string, sealer: Sealer): SessionStorage {
  const all = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets`;
  const one = (name: string): string => `${all}/${encodeURIComponent(name)}`;
  const headOf = ({ metadata }: Secret): SessionHead | undefined => {
    const sealed = metadata?.annotations?.[sessionHeadAnnotation];
    const head = sessionHeadSchema.safeParse(
      sealed === undefined ? undefined : sealer.open("session head", sealed),
    ).data;
    return head?.name === metadata?.name ? head : undefined;
  };
  const storedOf = (secret: Secret): StoredSession | undefined => {
    const head = headOf(secret);
    const content = secret.data?.["session"];
    return (
      head && {
        head,
        version: secret.metadata?.resourceVersion ?? "",
        ...(content !== undefined && { content: Buffer.from(content, "base64").toString("latin1") }),
      }
    );
  };
  return {
    async read(name) {
      const secret = await client.request<Secret>({ path: one(name), timeout }).catch(unless(404));
      return secret && storedOf(secret);
    },
    async write(head, content, version) {
      const secret = {
        apiVersion: "v1",
        kind: "Secret",
        type: sessionSecretType,
        metadata: {
          name: head.name,
          labels: { [sessionLabel]: "true", "app.kubernetes.io/managed-by": "driftglass" },
          annotations: { [sessionHeadAnnotation]: sealer.seal("session head", head) },
          ...(version !== undefined && { resourceVersion: version }),
        },
        data: content === undefined ? {} : { session: Buffer.from(content, "latin1").toString("base64") },
      };
      const written = await client
        .request<Secret>(
          version === undefined
            ? { method: "POST", path: all, body: secret, timeout }
            : { method: "PUT", path: one(head.name), body: secret, timeout },
        )
        .catch(version === undefined ? unless(409) : unless(404, 409));
      return written?.metadata?.resourceVersion;
    },
    async remove(name, resourceVersion) {
      const body = { apiVersion: "v1", kind: "DeleteOptions", preconditions: { resourceVersion } };
      await client.request({ method: "DELETE", path: one(name), body, timeout }).catch(unless(404, 409));
    },
    async heads() {
      const { items = [] } = await client.request<{ items?: readonly Secret[] }>({
        path: all,
        query: { labelSelector: sessionLabel },
        accept: metadataList,
        timeout,
      });
      return items.flatMap((item) => storedOf(item) ?? []);
    },
    follow(listener) {
      const follower = (): Reflector =>
        new Reflector({
          client,
          masker: unmasked,
          resource,
          namespace,
          depth: "metadata",
          labelSelector: sessionLabel,
          onBatch: (edits) => {
            for (const edit of edits) {
              if (edit.type === "remove") listener(edit.key.split("/").at(-1) ?? "", undefined, "");
              else {
                const head = headOf(edit.object.object);
                if (head) listener(head.name, head, edit.object.resourceVersion);
              }
            }
          },
          onState: (state) => {
            if ("message" in state) console.error(`[driftglass] shared sessions are not followed: ${state.message}`);
          },
        });
      let reflector = follower();
      const stopped = new AbortController();
      const run = async (): Promise<void> => {
        while (!stopped.signal.aborted) {
          await reflector.start();
          // It ends by itself when the account's token is refused; the next one may be good.
          await sleep(pause, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
          reflector = follower();
        }
      };
      void run();
      return async () => {
        stopped.abort();
        await reflector.stop();
      };
    },
    close: () => client.close(),
  };
}

/** Takes faults of these statuses for no answer. */
function unless(...statuses: readonly number[]): (error: unknown) => undefined {
  return (error) => {
    if (isKubeFault(error) && statuses.includes(error.status)) return undefined;
    throw error;
  };
}
