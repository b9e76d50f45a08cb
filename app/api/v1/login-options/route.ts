import { open } from "../../guard.ts";
import { loginOptions } from "#server/http/login.ts";

export const GET = open(async ({ runtime }) => Response.json(await loginOptions(runtime)));
