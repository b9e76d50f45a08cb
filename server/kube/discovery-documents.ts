import { z } from "zod";
import type { ApiResource } from "./api-resource.ts";

/** The versions of one group, in the server's order of preference. */
export interface GroupVersions {
  readonly group: string;
  readonly versions: readonly {
    readonly resources: readonly ApiResource[];
    /** Its API server could not be asked. */ readonly stale: boolean;
  }[];
}

const aggregatedSchema = z.object({
  kind: z.literal("APIGroupDiscoveryList"),
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string().optional() }).optional(),
      versions: z
        .array(
          z.object({
            version: z.string(),
            freshness: z.string().optional(),
            resources: z
              .array(
                z.object({
                  resource: z.string(),
                  responseKind: z.object({ kind: z.string() }).nullish(),
                  scope: z.string(),
                  verbs: z.array(z.string()).nullish(),
                }),
              )
              .nullish(),
          }),
        )
        .nullish(),
    }),
  ),
});

/** The groups of an aggregated answer (`apidiscovery.k8s.io`); undefined when the server sent the older kind of answer. */
export function parseAggregated(answer: unknown): GroupVersions[] | undefined {
  const parsed = aggregatedSchema.safeParse(answer);
  if (!parsed.success) return undefined;
  return parsed.data.items.map((item) => {
    const group = item.metadata?.name ?? "";
    return {
      group,
      versions: (item.versions ?? []).map(({ version, freshness, resources }) => ({
        stale: freshness === "Stale",
        resources: (resources ?? []).flatMap(({ resource, responseKind, scope, verbs }): ApiResource[] =>
          responseKind?.kind
            ? [
                {
                  group,
                  version,
                  kind: responseKind.kind,
                  plural: resource,
                  namespaced: scope === "Namespaced",
                  verbs: verbs ?? [],
                },
              ]
            : [],
        ),
      })),
    };
  });
}

const groupListSchema = z.union([
  z.object({ kind: z.literal("APIVersions"), versions: z.array(z.string()) }),
  z.object({
    groups: z.array(
      z.object({
        name: z.string(),
        versions: z.array(z.object({ groupVersion: z.string() })),
        preferredVersion: z.object({ groupVersion: z.string() }).optional(),
      }),
    ),
  }),
]);

/** Groups and their versions (`apps/v1`), preferred first, of an answer from before aggregated discovery. */
export function parseGroupList(answer: unknown): { group: string; versions: string[] }[] {
  const parsed = groupListSchema.safeParse(answer);
  if (!parsed.success) return [];
  if ("versions" in parsed.data) return [{ group: "", versions: parsed.data.versions }];
  return parsed.data.groups.map(({ name, versions, preferredVersion }) => {
    const preferred = preferredVersion?.groupVersion;
    const all = versions.map(({ groupVersion }) => groupVersion);
    return {
      group: name,
      versions: preferred === undefined ? all : [preferred, ...all.filter((version) => version !== preferred)],
    };
  });
}

const resourceListSchema = z.object({
  resources: z.array(
    z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean(), verbs: z.array(z.string()).nullish() }),
  ),
});

/** The kinds of one version, without subresources. */
export function parseResourceList(
  answer: unknown,
  { group, version }: { group: string; version: string },
): ApiResource[] {
  const parsed = resourceListSchema.safeParse(answer);
  if (!parsed.success) return [];
  return parsed.data.resources
    .filter(({ name }) => !name.includes("/"))
    .map(({ name, kind, namespaced, verbs }) => ({
      group,
      version,
      kind,
      plural: name,
      namespaced,
      verbs: verbs ?? [],
    }));
}
