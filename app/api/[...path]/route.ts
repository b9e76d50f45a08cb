import { guarded } from "../guard.ts";
import { apiError } from "#lib/api/errors.ts";

const unknown = guarded(async () => {
  throw apiError(404, "unknown-path", "The API has no such path.", { hint: "See /api/v1/openapi.json." });
});

export { unknown as GET, unknown as POST, unknown as PUT, unknown as PATCH, unknown as DELETE };
