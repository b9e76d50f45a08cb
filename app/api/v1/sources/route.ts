import type { FluxSourceList } from "#lib/api/source-contract.ts";
import { fluxSourceKey } from "#lib/model/flux-source.ts";
import { listSources, sourceLimits, sourcesState } from "#server/sources/sources.ts";
import { guarded } from "../../guard.ts";

export const GET = guarded(async ({ view, runtime }) => {
  const permissions = await runtime.actions.sourcePermissions(view);
  return Response.json({
    items: listSources(view.store).map((source) => ({
      ...source,
      permissions: permissions.get(fluxSourceKey(source)) ?? [],
    })),
    limits: sourceLimits(view.limits()),
    state: sourcesState(view.store),
  } satisfies FluxSourceList);
});
