import { guarded } from "../../../../../../guard.ts";
import { found } from "#server/http/found.ts";
import { unitOf, type UnitParams } from "#server/http/path.ts";

export const GET = guarded<UnitParams>(async ({ view, params, url }) => {
  const fresh = url.searchParams.get("fresh") === "true";
  return Response.json(found(await view.drift(unitOf(params), { fresh }), view));
});
