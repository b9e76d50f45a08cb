import { isCredentialFault, isKubeFault } from "./problem.ts";
import type { HttpRuntime } from "./runtime-interface.ts";
import type { Session, SessionCluster } from "./sessions.ts";
import { identityKey } from "#server/kube/identity.ts";

/** How long a session's credentials count as working after they were seen to. */
const trustTime = 60_000;

/**
 * Why a session is over, or undefined. Asks the cluster at most once a minute whether its own credentials still work: views are shared by
 * identity, so the view alone does not tell that one of two tokens was revoked (GO-2024-3006). Never throws; a cluster that
 * can't be reached ends no session.
 */
export function checkSession(runtime: HttpRuntime, session: Session): Promise<string | undefined> {
  const over = runtime.sessions.endReason(session);
  if (over !== undefined) return Promise.resolve(over);
  if (runtime.clock.now() - session.checkedAt < trustTime) return Promise.resolve(undefined);
  session.checking ??= askClusters(runtime, session).then((reason) => {
    session.checkedAt = runtime.clock.now();
    delete session.checking;
    if (reason !== undefined) runtime.sessions.end(session, reason);
    return reason;
  });
  return session.checking;
}

async function askClusters(runtime: HttpRuntime, session: Session): Promise<string | undefined> {
  for (const cluster of session.clusters.values()) {
    const reason = await refusal(runtime, cluster);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Milliseconds after which a 401 is asked about again. */
const secondThoughts = [500, 2_500];

/**
 * Why the cluster does not take the credentials any more, or undefined. A 401 counts when it is repeated: an API server that has just started gives it until it
 * has read its accounts, and would log everybody out. Whoever waits for the answer waits, too. Never throws.
 */
export async function refusal(
  runtime: Pick<HttpRuntime, "logins">,
  cluster: Pick<SessionCluster, "credentials" | "identity">,
  waits: readonly number[] = secondThoughts,
): Promise<string | undefined> {
  try {
    const identity = await runtime.logins.identify(cluster.credentials);
    return identityKey(identity) === identityKey(cluster.identity)
      ? undefined
      : "The credentials now belong to somebody else, or their groups have changed.";
  } catch (error) {
    if (isCredentialFault(error)) return error.message;
    if (!isKubeFault(error) || error.status !== 401) return undefined;
    const [wait, ...later] = waits;
    if (wait === undefined) return "The cluster does not take the credentials any more.";
    await new Promise((resolve) => setTimeout(resolve, wait));
    return await refusal(runtime, cluster, later);
  }
}

/**
 * Follows a session's view: when it ends because the credentials it was opened with stopped working, a session whose own credentials
 * still work gets another view, and one whose don't is over. Resolves when the session has ended.
 */
export async function followView(runtime: HttpRuntime, session: Session, cluster: SessionCluster): Promise<void> {
  try {
    while (!session.ended.aborted) {
      await cluster.lease.view.ended;
      if (session.ended.aborted) return;
      const reason = await refusal(runtime, cluster);
      if (reason !== undefined) runtime.sessions.end(session, reason);
      else await renewLease(runtime, session, cluster);
    }
  } catch {
    runtime.sessions.end(session, "The cluster view could not be opened again.");
  }
}

async function renewLease(runtime: HttpRuntime, session: Session, cluster: SessionCluster): Promise<void> {
  const ended = cluster.lease;
  cluster.lease = await runtime.views.acquire(cluster.credentials, cluster.identity);
  ended.release();
  if (session.ended.aborted) cluster.lease.release();
}
