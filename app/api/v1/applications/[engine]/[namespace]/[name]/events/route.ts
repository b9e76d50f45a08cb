import { guarded } from "../../../../../../guard.ts";
import { unitRef } from "#server/actions/unit-object.ts";
import { found } from "#server/http/found.ts";
import { unitOf, type UnitParams } from "#server/http/path.ts";

export const GET = guarded<UnitParams>(async ({ view, params, runtime }) => {
  const unit = unitOf(params);
  const nodes = found(view.resources(unit), view);
  const own = unitRef(unit);
  return Response.json(await runtime.live.eventsOfMany(view, [...(own ? [own] : []), ...nodes.map(({ ref }) => ref)]));
});
