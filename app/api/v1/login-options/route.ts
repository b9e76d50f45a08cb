import { open } from "../../guard.ts";
import { loginOptions } from "#server/http/login-options.ts";

export const GET = open(async ({ request, runtime }) => Response.json(await loginOptions(request, runtime)));
