import { z } from "zod";
import { apiError } from "#lib/api/errors.ts";
import type { LogOptions } from "./runtime-interface.ts";

const flag = z.enum(["true", "false", "1", "0", ""]).transform((text) => text !== "false" && text !== "0");
const count = (max: number) => z.coerce.number().int().positive().max(max);

const logQuerySchema = z.object({
  container: z.string().min(1).max(253).optional(),
  previous: flag.optional(),
  tailLines: count(100_000).optional(),
  sinceSeconds: count(31_536_000).optional(),
  timestamps: flag.optional(),
  follow: flag.optional(),
});

/** The query of `…/logs`. Without `tailLines` and `sinceSeconds` the last 1000 lines are sent. @throws ApiError 422 */
export function logQuery(search: URLSearchParams, signal: AbortSignal): LogOptions {
  const parsed = logQuerySchema.safeParse(
    Object.fromEntries([...search].filter(([name]) => name in logQuerySchema.shape)),
  );
  if (!parsed.success)
    throw apiError(422, "invalid", "The query does not fit this call.", { detail: z.prettifyError(parsed.error) });
  const given = Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined)) as Omit<
    LogOptions,
    "signal"
  >;
  const bounded = given.tailLines !== undefined || given.sinceSeconds !== undefined;
  return { ...given, ...(bounded ? {} : { tailLines: 1000 }), signal };
}
