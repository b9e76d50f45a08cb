import { guarded } from "../../../../../../../../guard.ts";
import type { ResourceParams } from "#server/http/path.ts";
import { logStream } from "#server/http/streams.ts";

export const GET = guarded<ResourceParams>(logStream);
