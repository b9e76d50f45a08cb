import { z } from "zod";
import { applicationRefSchema } from "./application.ts";

/** Flux's kinds of sources, in the order of the page. All are of the group `source.toolkit.fluxcd.io`. */
export const fluxSourceKinds = [
  "GitRepository",
  "OCIRepository",
  "HelmRepository",
  "HelmChart",
  "Bucket",
  "ExternalArtifact",
] as const;

/** A kind of source as it stands in URLs. */
export const fluxSourceKindSchema = z.enum(fluxSourceKinds);

/** A kind of source. */
export type FluxSourceKind = z.infer<typeof fluxSourceKindSchema>;

/** Names one source. */
export const fluxSourceRefSchema = z.object({ kind: fluxSourceKindSchema, namespace: z.string(), name: z.string() });

/** Names one source. */
export type FluxSourceRef = z.infer<typeof fluxSourceRefSchema>;

/** What a source can be, the worst first: words that health has too. */
export const fluxSourceStatuses = ["Degraded", "Progressing", "Unknown", "Suspended", "Healthy"] as const;

/** What a source is. */
export type FluxSourceStatus = (typeof fluxSourceStatuses)[number];

/** What a person can do with a source. */
export const fluxSourceActions = ["refresh", "suspend", "resume"] as const;

/** What a person can do with a source, as it stands in URLs. */
export const fluxSourceActionSchema = z.enum(fluxSourceActions);

/** What a person can do with a source. `refresh` has it fetched now. */
export type FluxSourceAction = z.infer<typeof fluxSourceActionSchema>;

/** Body of `POST …/actions/{action}` of a source. */
export const fluxSourceActionRequestSchema = z.object({
  /** Why the person does it; stands in the audit log. */
  reason: z.string().max(1000).optional(),
});

/** Body of `POST …/actions/{action}` of a source. */
export type FluxSourceActionRequest = z.infer<typeof fluxSourceActionRequestSchema>;

/** Whether this person may do an action on a source now; `reason` says in words why not. */
export const fluxSourcePermissionSchema = z.object({
  action: fluxSourceActionSchema,
  allowed: z.boolean(),
  reason: z.string().optional(),
});

/** Whether this person may do an action on a source now. */
export type FluxSourcePermission = z.infer<typeof fluxSourcePermissionSchema>;

/** One source of Flux: a row of the page. All times are RFC 3339. */
export const fluxSourceSchema = fluxSourceRefSchema.extend({
  uid: z.string(),
  status: z.object({
    status: z.enum(fluxSourceStatuses),
    /** The type of the condition that says so, such as `FetchFailed`. */
    condition: z.string().optional(),
    /** That condition's reason, such as `AuthenticationFailed`. */
    reason: z.string().optional(),
    /** In words, on one line. */
    message: z.string().optional(),
    since: z.string().optional(),
  }),
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

/** One source of Flux. */
export type FluxSource = z.infer<typeof fluxSourceSchema>;

/** Identity of a source as a map key and URL part: `kind/namespace/name`. */
export function fluxSourceKey({ kind, namespace, name }: FluxSourceRef): string {
  return `${kind}/${namespace}/${name}`;
}

const unitMilliseconds: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** A duration of Go (`1h30m0s`) in milliseconds; undefined for what is none. */
export function parseInterval(interval: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|h|m|s))+$/.test(interval)) return undefined;
  let sum = 0;
  for (const [, amount = "0", unit = ""] of interval.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g))
    sum += Number(amount) * (unitMilliseconds[unit] ?? 0);
  return sum;
}

/** A duration of Go without its zeros: `24h0m0s` is `24h`. */
export function shortInterval(interval: string): string {
  return interval.replaceAll(/(?<!\d)0[hms](?!s)/g, "") || "0s";
}
