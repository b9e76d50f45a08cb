import { guarded } from "../../guard.ts";
import type { ApplicationList } from "#lib/api/contract.ts";

export const GET = guarded(async ({ view }) =>
  Response.json({
    ...view.snapshot(),
    instance: view.instance,
    connection: view.connection(),
    limits: view.limits(),
  } satisfies ApplicationList),
);
