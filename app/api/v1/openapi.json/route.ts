import { open } from "../../guard.ts";
import { openApiDocument } from "#lib/api/openapi.ts";

export const GET = open(async () => Response.json(openApiDocument()));
