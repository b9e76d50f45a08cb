import { guarded } from "../../../../../../guard.ts";
import { found } from "#server/http/found.ts";
import { sidesOf, unitOf, type UnitParams } from "#server/http/path.ts";

export const GET = guarded<UnitParams>(async ({ view, params, url }) => {
  const { from, to } = sidesOf(url.searchParams);
  return Response.json(found(await view.diff(unitOf(params), from, to), view));
});
