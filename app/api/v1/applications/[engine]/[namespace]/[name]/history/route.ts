import { guarded } from "../../../../../../guard.ts";
import { historyOf } from "#server/http/argocd-history.ts";
import { found } from "#server/http/found.ts";
import { unitOf, type UnitParams } from "#server/http/path.ts";

export const GET = guarded<UnitParams>(async (call) =>
  Response.json(found(await historyOf(call, unitOf(call.params)), call.view)),
);
