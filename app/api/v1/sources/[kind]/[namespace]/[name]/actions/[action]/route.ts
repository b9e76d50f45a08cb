import { guarded } from "../../../../../../../guard.ts";
import { fluxSourceActionRequestSchema } from "#lib/model/flux-source-schema.ts";
import { found } from "#server/http/found.ts";
import { findStoredSource } from "#server/sources/sources.ts";
import { sourceActionOf, sourceOf, type SourceParams } from "#server/http/path.ts";

export const POST = guarded<SourceParams & { action: string }>(
  async ({ view, params, runtime, cluster, json }) => {
    const source = sourceOf(params);
    const action = sourceActionOf(params.action);
    const request = await json(fluxSourceActionRequestSchema);
    found(findStoredSource(source, view.store), view);
    return Response.json(
      await runtime.actions.performOnSource({ view, source, action, request, actor: cluster.identity }),
    );
  },
  { mutation: true },
);
