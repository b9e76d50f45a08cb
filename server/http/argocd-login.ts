import type { ArgocdState } from "#lib/api/argocd-contract.ts";
import { apiError } from "#lib/api/errors.ts";
import type { Call } from "./guard.ts";
import type { Session } from "./session.ts";

/** `POST /api/v1/session/argocd`: gives this session a token for Argo CD's API server. Tries are limited, as those to log in are. @throws ApiError */
export async function logInToArgocd(
  { runtime, session, cluster }: Pick<Call<unknown>, "runtime" | "session" | "cluster">,
  token: string,
): Promise<ArgocdState> {
  const key = `argocd/${session.key}`;
  const wait = runtime.throttle.wait(key);
  if (wait > 0)
    throw apiError(429, "throttled", "There were too many failed tries.", {
      hint: `Try again in ${wait} s.`,
      retryAfter: wait,
    });
  runtime.throttle.attempt(key);
  const state = await runtime.argocd.logIn(cluster, token);
  runtime.throttle.succeeded(key);
  await kept(runtime, session);
  return state;
}

/** `DELETE /api/v1/session/argocd`: forgets that token. */
export async function logOutOfArgocd({ runtime, session, cluster }: Call<unknown>): Promise<ArgocdState> {
  await runtime.argocd.logOut(cluster);
  await kept(runtime, session);
  return await runtime.argocd.state(cluster);
}

async function kept({ shared }: Call<unknown>["runtime"], session: Session): Promise<void> {
  shared?.changed(session);
  await shared?.settled(session);
}
