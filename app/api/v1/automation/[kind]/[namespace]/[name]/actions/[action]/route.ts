import { guarded } from "../../../../../../../guard.ts";
import { fluxSourceActionRequestSchema } from "#lib/model/flux-source-schema.ts";
import { automationOf, sourceActionOf, type SourceParams } from "#server/http/path.ts";

export const POST = guarded<SourceParams & { action: string }>(
  async ({ view, params, runtime, cluster, json }) => {
    const object = automationOf(params);
    const action = sourceActionOf(params.action);
    const request = await json(fluxSourceActionRequestSchema);
    return Response.json(
      await runtime.actions.performOnAutomation({ view, object, action, request, actor: cluster.identity }),
    );
  },
  { mutation: true },
);
