import type { z } from "zod";
import type {
  engineSchema,
  applicationRefSchema,
  exactnessSchema,
  fieldChangeSchema,
  reasonSchema,
  sourceSchema,
  operationSchema,
  applicationSchema,
} from "./application-schema.ts";

/** The engines whose units Driftglass lists as applications, in the order in which they claim a resource. */
export const engines = ["flux-kustomization", "flux-helmrelease", "argocd", "helm", "kubectl"] as const;

/** An engine's name as it stands in URLs. */
export type Engine = z.infer<typeof engineSchema>;

/** Names one application. */
export type ApplicationRef = z.infer<typeof applicationRefSchema>;

/** Sync words: is what the source says what was applied? */
export const syncStatuses = ["Synced", "OutOfSync", "Unknown"] as const;

/** Sync word. */
export type SyncStatus = (typeof syncStatuses)[number];

/** Drift words: does live differ from what was last applied? */
export const driftStatuses = ["None", "Drifted", "Unknown"] as const;

/** Drift word. */
export type DriftStatus = (typeof driftStatuses)[number];

/** How exact a verdict is; see {@link exactnessSchema}. */
export type Exactness = z.infer<typeof exactnessSchema>;

/** One differing field; `from` is desired, `to` is live. */
export type FieldChange = z.infer<typeof fieldChangeSchema>;

/** One line of "why". */
export type Reason = z.infer<typeof reasonSchema>;

/** Where an application's desired state comes from. */
export type Source = z.infer<typeof sourceSchema>;

/** A sync, rollback or other work of the engine. */
export type Operation = z.infer<typeof operationSchema>;

/** One application of any engine. */
export type Application = z.infer<typeof applicationSchema>;

/** Identity of an application as a map key and URL part: `engine/namespace/name`. */
export function applicationKey(ref: ApplicationRef): string {
  return `${ref.engine}/${ref.namespace}/${ref.name}`;
}

/** Identity of an application where those of several clusters stand together. In one cluster {@link applicationKey} tells them apart. */
export function rowKey(row: ApplicationRef & Pick<Application, "cluster">): string {
  return `${applicationKey(row)}@${row.cluster}`;
}

/** Whether rows are of more than one cluster. */
export function inSeveralClusters(rows: readonly Pick<Application, "cluster">[]): boolean {
  return rows.some(({ cluster }) => cluster !== rows[0]?.cluster);
}

/** Reads {@link applicationKey} back; undefined when it is not one. */
export function parseApplicationKey(key: string): ApplicationRef | undefined {
  const [engine, namespace, name, ...rest] = key.split("/");
  const known = engines.find((each) => each === engine);
  if (known === undefined || namespace === undefined || name === undefined || rest.length > 0) return undefined;
  return { engine: known, namespace, name };
}
