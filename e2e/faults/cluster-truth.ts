import { expect } from "@playwright/test";
import type { ApplicationList } from "#lib/api/application-contract.ts";
import type { SandboxContext } from "../../sandbox/context.ts";
import { kubectl } from "../../sandbox/scenario/actions.ts";

/** Fields of the engines' own objects that a row shows as they are. */
interface EngineObject {
  readonly metadata: { readonly namespace: string; readonly name: string; readonly uid: string };
  readonly spec: { readonly suspend?: boolean };
  readonly status?: {
    readonly lastAttemptedRevision?: string;
    readonly sync?: { readonly status?: string };
  };
}

const kinds = [
  {
    engine: "flux-kustomization",
    path: "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations",
    facts: ({ spec, status }: EngineObject) => [spec.suspend === true, status?.lastAttemptedRevision],
  },
  {
    engine: "flux-helmrelease",
    path: "/apis/helm.toolkit.fluxcd.io/v2/helmreleases",
    facts: ({ spec }: EngineObject) => [spec.suspend === true],
  },
  {
    engine: "argocd",
    path: "/apis/argoproj.io/v1alpha1/applications",
    facts: ({ status }: EngineObject) => [status?.sync?.status ?? "Unknown"],
  },
] as const;

/** What a list that is read from the API server now says of all applications that are objects of their own, one line each. */
export async function clusterTruth(sandbox: SandboxContext): Promise<string[]> {
  const lines = await Promise.all(
    kinds.map(async ({ engine, path, facts }) => {
      const { stdout } = await kubectl(sandbox, ["get", "--raw", path]);
      const { items } = JSON.parse(stdout) as { items: EngineObject[] };
      return items.map((object) => {
        const { namespace, name, uid } = object.metadata;
        return [engine, namespace, name, uid, ...facts(object)].join(" ");
      });
    }),
  );
  return lines.flat().toSorted();
}

/** The same lines, as Driftglass shows them. */
export function shownOf({ items }: ApplicationList): string[] {
  return items
    .flatMap(({ engine, namespace, name, uid, suspended, revision, sync }) => {
      const unit = [engine, namespace, name, uid];
      if (engine === "flux-kustomization") return [[...unit, suspended, revision.attempted].join(" ")];
      if (engine === "flux-helmrelease") return [[...unit, suspended].join(" ")];
      if (engine === "argocd") return [[...unit, sync.status].join(" ")];
      return [];
    })
    .toSorted();
}

/** Waits until a list is live and shows what the API server says. */
export async function expectTruth(sandbox: SandboxContext, list: () => Promise<ApplicationList>): Promise<void> {
  await expect(async () => {
    const shown = await list();
    expect(shown.connection.state).toBe("live");
    expect(shownOf(shown)).toEqual(await clusterTruth(sandbox));
  }).toPass({ timeout: 120_000 });
}
