import { z } from "zod";
import { apiError } from "#lib/api/errors.ts";
import type { ActivityFilter } from "#lib/model/activity.ts";
import { activityFilterSchema } from "#lib/model/activity-schema.ts";

/* An empty parameter is as good as none. */
const querySchema = activityFilterSchema.extend({
  before: z.string().max(1000).optional(),
  limit: z.coerce.number().int().positive().max(500).optional(),
});

/** What `GET /api/v1/activity` was asked for. @throws ApiError 422 */
export function activityQuery(search: URLSearchParams): { filter: ActivityFilter; before?: string; limit: number } {
  const given = Object.fromEntries([...search].filter(([name, value]) => name in querySchema.shape && value !== ""));
  const parsed = querySchema.safeParse(given);
  if (!parsed.success)
    throw apiError(422, "invalid", "The query does not fit this call.", { detail: z.prettifyError(parsed.error) });
  const { before, limit = 100, ...filter } = parsed.data;
  return { filter, limit, ...(before !== undefined && { before }) };
}
