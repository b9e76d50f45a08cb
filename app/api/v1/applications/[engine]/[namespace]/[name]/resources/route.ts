import type { ResourceList } from "#lib/api/application-contract.ts";
import { found } from "#server/http/found.ts";
import { unitOf, type UnitParams } from "#server/http/path.ts";
import { guarded } from "../../../../../../guard.ts";

export const GET = guarded<UnitParams>(async ({ view, params }) =>
  Response.json({ items: found(view.resources(unitOf(params)), view) } satisfies ResourceList),
);
