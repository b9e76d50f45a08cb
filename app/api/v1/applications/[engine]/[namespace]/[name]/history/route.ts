import { guarded } from "../../../../../../guard.ts";
import { found } from "#server/http/found.ts";
import { unitOf, type UnitParams } from "#server/http/path.ts";

export const GET = guarded<UnitParams>(async ({ view, params }) =>
  Response.json(found(await view.history(unitOf(params)), view)),
);
