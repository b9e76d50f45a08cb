import { guarded } from "../../guard.ts";
import { compareUnits } from "#server/drift/compare-units.ts";
import { found } from "#server/http/found.ts";
import { applicationAtOf } from "#server/http/path.ts";

export const GET = guarded(async ({ view, url }) => {
  const [left, right] = [applicationAtOf(url.searchParams, "left"), applicationAtOf(url.searchParams, "right")];
  const [from, to] = await Promise.all([left, right].map((side) => view.state(side.application, side.revision)));
  return Response.json(compareUnits({ ...left, state: found(from, view) }, { ...right, state: found(to, view) }));
});
