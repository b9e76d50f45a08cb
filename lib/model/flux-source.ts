import type { z } from "zod";
import type {
  fluxSourceKindSchema,
  fluxSourceRefSchema,
  fluxSourceActionSchema,
  fluxSourceActionRequestSchema,
  fluxSourcePermissionSchema,
  fluxSourceSchema,
} from "./flux-source-schema.ts";

/** Flux's kinds of sources, in the order of the page. All are of the group `source.toolkit.fluxcd.io`. */
export const fluxSourceKinds = [
  "GitRepository",
  "OCIRepository",
  "HelmRepository",
  "HelmChart",
  "Bucket",
  "ExternalArtifact",
] as const;

/** A kind of source. */
export type FluxSourceKind = z.infer<typeof fluxSourceKindSchema>;

/** Names one source. */
export type FluxSourceRef = z.infer<typeof fluxSourceRefSchema>;

/** What a source can be, the worst first: words that health has too. */
export const fluxSourceStatuses = ["Degraded", "Progressing", "Unknown", "Suspended", "Healthy"] as const;

/** What a source is. */
export type FluxSourceStatus = (typeof fluxSourceStatuses)[number];

/** What a person can do with a source. */
export const fluxSourceActions = ["refresh", "suspend", "resume"] as const;

/** What a person can do with a source. `refresh` has it fetched now. */
export type FluxSourceAction = z.infer<typeof fluxSourceActionSchema>;

/** Body of `POST …/actions/{action}` of a source. */
export type FluxSourceActionRequest = z.infer<typeof fluxSourceActionRequestSchema>;

/** Whether this person may do an action on a source now. */
export type FluxSourcePermission = z.infer<typeof fluxSourcePermissionSchema>;

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
