import { guarded } from "../../guard.ts";
import { mergedLogStream } from "#server/http/merged-log-stream.ts";

export const GET = guarded(mergedLogStream);
