import { guarded } from "../../guard.ts";

export const GET = guarded(async ({ view, runtime }) => Response.json(await runtime.actions.listAutomation(view)));
