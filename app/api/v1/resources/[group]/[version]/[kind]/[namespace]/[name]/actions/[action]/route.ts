import { guarded } from "../../../../../../../../../guard.ts";
import { resourceActionRequestSchema } from "#lib/model/resource-action-schema.ts";
import { resourceActionOf, resourceOf, type ResourceParams } from "#server/http/path.ts";

export const POST = guarded<ResourceParams & { action: string }>(
  async ({ view, params, runtime, cluster, json }) => {
    const ref = resourceOf(params);
    const action = resourceActionOf(params.action);
    const request = await json(resourceActionRequestSchema);
    return Response.json(
      await runtime.actions.performOnResource({ view, ref, action, request, actor: cluster.identity }),
    );
  },
  { mutation: true },
);
