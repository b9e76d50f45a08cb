import { createGuard } from "#server/http/guard.ts";
import { runtime } from "#server/current-runtime.ts";

/** What every route handler is wrapped in. */
export const { guarded, open } = createGuard(runtime);
