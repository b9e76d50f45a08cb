import { z } from "zod";
import { applicationRefSchema } from "./application-schema.ts";
import { fluxSourceActions, fluxSourceKinds, fluxSourceStatuses } from "./flux-source.ts";

/** A kind of source as it stands in URLs. */
export const fluxSourceKindSchema = z.enum(fluxSourceKinds);

/** Names one source. */
export const fluxSourceRefSchema = z.object({ kind: fluxSourceKindSchema, namespace: z.string(), name: z.string() });

/** What a person can do with a source, as it stands in URLs. */
export const fluxSourceActionSchema = z.enum(fluxSourceActions);

/** Body of `POST …/actions/{action}` of a source. */
export const fluxSourceActionRequestSchema = z.object({
  /** Why the person does it; stands in the audit log. */
  reason: z.string().max(1000).optional(),
});

/** Whether this person may do an action on a source now; `reason` says in words why not. */
export const fluxSourcePermissionSchema = z.object({
  action: fluxSourceActionSchema,
  allowed: z.boolean(),
  reason: z.string().optional(),
});

/** How an object of Flux does, by its conditions. */
export const fluxObjectStatusSchema = z.object({
  status: z.enum(fluxSourceStatuses),
  /** The type of the condition that says so, such as `FetchFailed`. */
  condition: z.string().optional(),
  /** That condition's reason, such as `AuthenticationFailed`. */
  reason: z.string().optional(),
  /** In words, on one line. */
  message: z.string().optional(),
  since: z.string().optional(),
});

/** One source of Flux: a row of the page. All times are RFC 3339. */
export const fluxSourceSchema = fluxSourceRefSchema.extend({
  uid: z.string(),
  status: fluxObjectStatusSchema,
  suspended: z.boolean(),
  /** A rollback keeps it at an earlier revision. */
  held: z.boolean(),
  /** Where it fetches from, without credentials. */
  url: z.string().optional(),
  /** What it asks for: branch, tag, version range, chart… */
  ref: z.string().optional(),
  /** What a HelmChart or an ExternalArtifact is made from. */
  from: z.object({ kind: z.string(), namespace: z.string(), name: z.string() }).optional(),
  /** How often it fetches, as its spec says it: `1m0s`. Absent where nothing is fetched by the clock. */
  interval: z.string().optional(),
  artifact: z
    .object({
      revision: z.string(),
      digest: z.string().optional(),
      /** Bytes. */
      size: z.number().int().nonnegative().optional(),
      /** When this artifact was stored. */
      storedAt: z.string().optional(),
    })
    .optional(),
  /** Absent where its spec asks for no verification. */
  verification: z
    .object({
      status: z.enum(["Verified", "Failed", "Pending"]),
      /** `cosign`, `notation`, or what of Git is verified. */
      by: z.string(),
      reason: z.string().optional(),
      message: z.string().optional(),
    })
    .optional(),
  /**
   * The last fetch that left a trace: a new artifact, a failure, or an answered request. Flux records no time for a fetch that
   * found nothing new.
   */
  lastFetch: z.object({ at: z.string(), what: z.enum(["stored", "failed", "answered"]) }).optional(),
  /** A fetch that was asked for and that the controller has not answered yet. */
  requestedAt: z.string().optional(),
  /** What takes this source, as far as the person may see it. */
  consumers: z.array(
    z.object({
      kind: z.string(),
      namespace: z.string(),
      name: z.string(),
      /** The page of this consumer, where it is an application. */
      application: applicationRefSchema.optional(),
    }),
  ),
  conditions: z.array(
    z.object({
      type: z.string(),
      status: z.string(),
      reason: z.string().optional(),
      message: z.string().optional(),
      lastTransitionTime: z.string().optional(),
    }),
  ),
  permissions: z.array(fluxSourcePermissionSchema),
  createdAt: z.string().optional(),
});
