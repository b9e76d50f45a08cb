import { guarded } from "../../../../../../guard.ts";
import type { ResourceList } from "#lib/api/contract.ts";
import { found } from "#server/http/found.ts";
import { unitOf, type UnitParams } from "#server/http/path.ts";

export const GET = guarded<UnitParams>(async ({ view, params }) =>
  Response.json({ items: found(view.resources(unitOf(params)), view) } satisfies ResourceList),
);
