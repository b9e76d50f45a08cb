import { guarded } from "../../../guard.ts";
import { argocdLoginRequestSchema } from "#lib/api/argocd-contract.ts";
import { logInToArgocd, logOutOfArgocd } from "#server/http/argocd-login.ts";

export const GET = guarded(async ({ runtime, cluster }) => Response.json(await runtime.argocd.state(cluster)));

export const POST = guarded(
  async (call) => Response.json(await logInToArgocd(call, (await call.json(argocdLoginRequestSchema)).token)),
  { mutation: true },
);

export const DELETE = guarded(async (call) => Response.json(await logOutOfArgocd(call)), { mutation: true });
