import { guarded } from "../../../../../../guard.ts";
import { driftOf } from "#server/http/exact-drift.ts";
import { found } from "#server/http/found.ts";
import { unitOf, type UnitParams } from "#server/http/path.ts";

export const GET = guarded<UnitParams>(async (call) => {
  const fresh = call.url.searchParams.get("fresh") === "true";
  return Response.json(found(await driftOf(call, unitOf(call.params), { fresh }), call.view));
});
