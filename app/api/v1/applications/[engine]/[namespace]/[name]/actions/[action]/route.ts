import { guarded } from "../../../../../../../guard.ts";
import { actionRequestSchema } from "#lib/model/action-schema.ts";
import { found } from "#server/http/found.ts";
import { actionOf, unitOf, type UnitParams } from "#server/http/path.ts";

export const POST = guarded<UnitParams & { action: string }>(
  async ({ view, params, runtime, cluster, json }) => {
    const unit = unitOf(params);
    const action = actionOf(params.action);
    const request = await json(actionRequestSchema);
    found(view.application(unit), view);
    return Response.json(
      await runtime.actions.perform({
        view,
        unit,
        action,
        request,
        actor: cluster.identity,
        argocd: runtime.argocd.connection(cluster),
      }),
    );
  },
  { mutation: true },
);
