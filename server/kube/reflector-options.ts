import type { ApiResource } from "./api-resource.ts";
import type { KubeClient } from "./client.ts";
import type { Clock } from "./clock.ts";
import type { Twins } from "./ingest.ts";
import type { KubeObject } from "./object.ts";
import type { StoreEdit } from "./object-store.ts";
import type { Masker } from "./redaction/masker.ts";

/** How well a reflector follows its kind. */
export type ReflectorState =
  /** Listed for the first time, or again because the watch could not be resumed; `refused`: what could be read is not any more, if that goes on. */
  | { readonly state: "syncing"; readonly refused?: boolean }
  | { readonly state: "synced" }
  /** The API server has no such kind; asked again from time to time. */
  | { readonly state: "absent" }
  /** This person may not list and watch it; asked again from time to time. What was known has been removed. */
  | { readonly state: "forbidden"; readonly message: string }
  /** The watch is down; what was known stays. */
  | { readonly state: "disconnected"; readonly message: string }
  /** The credentials have stopped working. The reflector has ended. */
  | { readonly state: "unauthenticated"; readonly message: string };

/** What a reflector follows, with whom it talks and to whom. */
export interface ReflectorOptions {
  readonly client: Pick<KubeClient, "request" | "stream">;
  readonly masker: Pick<Masker, "maskObject" | "maskText">;
  readonly resource: ApiResource;
  /** All namespaces when absent. */
  readonly namespace?: string;
  /** `metadata` asks for PartialObjectMetadata alone. */
  readonly depth?: "full" | "metadata";
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly project?: (object: KubeObject) => KubeObject;
  /** Where equal objects may be already. */
  readonly twins?: Twins | undefined;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** Seconds that each watch lasts at least; how long it takes until a right that was taken away is noticed. */
  readonly lifetime?: () => number;
  /** Edits in order; all that came in one piece from the API server come in one call. */
  onBatch(edits: readonly StoreEdit[]): void;
  onState(state: ReflectorState): void;
  /** The API server said something: it began a watch, or sent a piece of one. */
  onHeard?(): void;
}

/** Whether two states say the same. */
export function sameState(a: ReflectorState, b: ReflectorState): boolean {
  return a.state === b.state && messageOf(a) === messageOf(b);
}

function messageOf(state: ReflectorState): string | undefined {
  return "message" in state ? state.message : undefined;
}
