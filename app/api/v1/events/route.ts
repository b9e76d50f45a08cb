import { guarded } from "../../guard.ts";
import { eventStream } from "#server/http/streams.ts";

export const GET = guarded(async (call) => eventStream(call), { everyCluster: true });
