import { open } from "../../../guard.ts";
import { finishOidcLogin } from "#server/http/oidc/oidc-login.ts";

export const GET = open(finishOidcLogin);
