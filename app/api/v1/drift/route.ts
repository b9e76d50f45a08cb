import { guarded } from "../../guard.ts";
import { fleetDrift } from "#server/drift/fleet-drift.ts";

export const GET = guarded(async ({ view }) => Response.json(fleetDrift(view)));
