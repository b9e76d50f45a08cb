import { z } from "zod";
import { permissionSchema } from "../model/action-schema.ts";
import { applicationSchema } from "../model/application-schema.ts";
import { resourceNodeSchema } from "../model/resource-node.ts";
import { revisionSchema } from "../model/revision.ts";
import { undoerSchema } from "../model/undoer-schema.ts";
import { argocdDetailSchema } from "./argocd-contract.ts";
import { connectionSchema, limitSchema } from "./connection-contract.ts";
import { rowTableSchema } from "./row-table-schema.ts";

/** `GET /api/v1/applications`. */
export const applicationListSchema = z.object({
  items: z.array(applicationSchema),
  /** Number of the last event that is included. */
  sequence: z.number().int(),
  /** Changes when the server restarts: sequences of two instances can't be compared. */
  instance: z.string(),
  connection: connectionSchema,
  limits: z.array(limitSchema),
  /** With `?cluster=*`: what the fields above say, for each cluster. Rows name theirs. */
  clusters: z
    .array(
      z.object({
        cluster: z.string(),
        sequence: z.number().int(),
        instance: z.string(),
        connection: connectionSchema,
        limits: z.array(limitSchema),
      }),
    )
    .optional(),
});

/** `GET /api/v1/applications`. */
export type ApplicationList = z.infer<typeof applicationListSchema>;

/** `GET /api/v1/applications?format=table`: the same, with the items by column and without what their `uid` is. */
export const applicationTableSchema = applicationListSchema.omit({ items: true }).extend({ table: rowTableSchema });

/** `GET /api/v1/applications?format=table`. */
export type ApplicationTable = z.infer<typeof applicationTableSchema>;

/** A status condition as Kubernetes writes it. */
export const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTransitionTime: z.string().optional(),
  observedGeneration: z.number().optional(),
});

/** A status condition as Kubernetes writes it. */
export type Condition = z.infer<typeof conditionSchema>;

/** A label and a value for the overview, in reading order. */
export const factSchema = z.object({
  label: z.string(),
  value: z.string(),
  kind: z.enum(["text", "revision", "time", "duration", "url"]).optional(),
});

/** A label and a value for the overview. */
export type Fact = z.infer<typeof factSchema>;

/** `GET /api/v1/applications/{engine}/{namespace}/{name}`. */
export const applicationDetailSchema = z.object({
  application: applicationSchema,
  conditions: z.array(conditionSchema),
  permissions: z.array(permissionSchema),
  facts: z.array(factSchema),
  /** Helm's notes, masked. */
  notes: z.string().optional(),
  /** Argo CD: what a sync of it can choose from. */
  argocd: argocdDetailSchema.optional(),
  /** Who takes changes of it back, the nearest first. */
  undoers: z.array(undoerSchema).optional(),
});

/** `GET /api/v1/applications/{engine}/{namespace}/{name}`. */
export type ApplicationDetail = z.infer<typeof applicationDetailSchema>;

/** `GET …/resources`. */
export const resourceListSchema = z.object({ items: z.array(resourceNodeSchema) });

/** `GET …/resources`. */
export type ResourceList = z.infer<typeof resourceListSchema>;

/** `GET …/history`, newest first. */
export const historySchema = z.object({ items: z.array(revisionSchema), message: z.string().optional() });

/** `GET …/history`. */
export type History = z.infer<typeof historySchema>;
