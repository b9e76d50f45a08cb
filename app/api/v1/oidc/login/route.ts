import { open } from "../../../guard.ts";
import { beginOidcLogin } from "#server/http/oidc/oidc-login.ts";

export const GET = open(beginOidcLogin);
