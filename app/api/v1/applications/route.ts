import { guarded } from "../../guard.ts";
import { applicationList } from "#server/http/application-list.ts";

export const GET = guarded(async (call) => Response.json(applicationList(call)), { everyCluster: true });
