import { healthStatusSchema } from "#lib/model/health-status-schema.ts";
import { fields, list, text } from "#lib/model/health/fields.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { StoreReader } from "#server/kube/store.ts";
import type { InventoryItem } from "../engine.ts";
import type { ArgoApplication } from "./kind.ts";

/** One resource as Argo CD's status lists it. */
export interface ArgoResource extends InventoryItem {
  /** It is live, not desired any more, and waits for a sync with prune. */
  readonly requiresPruning: boolean;
}

const ignoreAnnotation = "argocd.argoproj.io/ignore-healthcheck";

const noWord = { success: false } as const;

/** `status.resources`, each with Argo CD's own words; `health` is there only on versions before 3.0 or where it is kept. */
export function argoInventory({ status, remote }: ArgoApplication, store: StoreReader): ArgoResource[] {
  return list(status["resources"]).map((item) => {
    const entry = fields(item);
    const namespace = text(entry["namespace"]);
    const version = text(entry["version"]);
    const ref = {
      group: text(entry["group"]),
      ...(version !== "" && { version }),
      kind: text(entry["kind"]),
      ...(namespace !== "" && { namespace }),
      name: text(entry["name"]),
    };
    const sync = syncWord(text(entry["status"]));
    const own = fields(entry["health"]);
    // Since 3.0 there is none; a schema that refuses costs more than all the rest.
    const word = own["status"] === undefined ? noWord : healthStatusSchema.safeParse(own["status"]);
    const live = remote ? undefined : store.get(resourceKey(ref));
    return {
      ref,
      requiresPruning: entry["requiresPruning"] === true,
      ...(sync !== undefined && { sync }),
      ...(entry["hook"] === true && { hook: true }),
      ...(live?.object.metadata.annotations?.[ignoreAnnotation] === "true" && { ignoreHealth: true }),
      ...(remote && { remote: true }),
      ...(word.success && {
        health: { status: word.data, ...(text(own["message"]) !== "" && { message: text(own["message"]) }) },
      }),
    };
  });
}

/** Argo CD's sync word as it is, if it is one. */
export function syncWord(word: string): "Synced" | "OutOfSync" | "Unknown" | undefined {
  return word === "Synced" || word === "OutOfSync" || word === "Unknown" ? word : undefined;
}
