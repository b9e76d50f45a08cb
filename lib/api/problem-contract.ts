import { z } from "zod";

/** An error answer, `application/problem+json` (RFC 9457). `hint` says what to do. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  hint: z.string().optional(),
  /** Stable machine word: `unauthenticated`, `forbidden`, `not-found`, `invalid`, `conflict`, `unavailable`… */
  code: z.string(),
  /** With `context-required`: the contexts to choose from. */
  contexts: z.array(z.string()).optional(),
  /** Seconds after which another try makes sense. */
  retryAfter: z.number().optional(),
  /** Names the request in the server's log. */
  requestId: z.string().optional(),
});

/** An error answer. */
export type Problem = z.infer<typeof problemSchema>;
