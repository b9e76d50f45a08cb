import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import { undoersOf } from "#server/engines/undoers.ts";
import { found } from "#server/http/found.ts";
import { unitOf, type UnitParams } from "#server/http/path.ts";
import { guarded } from "../../../../../guard.ts";

export const GET = guarded<UnitParams>(async ({ view, params, runtime }) => {
  const unit = unitOf(params);
  const detail = found(view.detail(unit), view);
  return Response.json({
    ...detail,
    undoers: undoersOf(unit, view.reading(unit)?.inventory ?? [], view.store),
    permissions: await runtime.actions.permissions(view, unit),
  } satisfies ApplicationDetail);
});
