import { guarded } from "../../../../../../guard.ts";
import { diffOf } from "#server/http/exact-revisions.ts";
import { found } from "#server/http/found.ts";
import { sidesOf, unitOf, type UnitParams } from "#server/http/path.ts";

export const GET = guarded<UnitParams>(async (call) => {
  const { from, to } = sidesOf(call.url.searchParams);
  return Response.json(found(await diffOf(call, unitOf(call.params), from, to), call.view));
});
