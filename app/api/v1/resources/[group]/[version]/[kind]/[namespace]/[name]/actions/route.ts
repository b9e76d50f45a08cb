import { guarded } from "../../../../../../../../guard.ts";
import { resourceOf, type ResourceParams } from "#server/http/path.ts";

export const GET = guarded<ResourceParams>(async ({ view, params, runtime }) =>
  Response.json(await runtime.actions.resourcePermissions(view, resourceOf(params))),
);
