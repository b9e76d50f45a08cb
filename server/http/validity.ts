import { isCredentialFault, isKubeFault } from "./problem.ts";
import type { HttpRuntime } from "./runtime-interface.ts";
import type { Session, SessionCluster } from "./session.ts";
import { namesItsOwner } from "./token-expiry.ts";
import { hasSameSecrets } from "#server/kube/credentials.ts";
import { identify, identityKey } from "#server/kube/identity.ts";

/** How long a session's credentials count as working after they were seen to, in milliseconds, and how long where watches see to it all the time. */
const trustTime = 60_000;
const watchedTrustTime = 600_000;

/**
 * Why a session is over, or undefined. Asks the cluster at most once a minute whether its own credentials still work: views are shared by
 * identity, so the view alone does not tell that one of two tokens was revoked (GO-2024-3006). Where they are those of the view (see `isWatched`), only every ten minutes. Never throws; a
 * cluster that can't be reached ends no session.
 */
export function checkSession(runtime: HttpRuntime, session: Session): Promise<string | undefined> {
  const over = runtime.sessions.endReason(session);
  if (over !== undefined) return Promise.resolve(over);
  if (runtime.clock.now() - session.checkedAt < trustTime) return Promise.resolve(undefined);
  session.checking ??= askClusters(runtime, session).then((reason) => {
    session.checkedAt = runtime.clock.now();
    delete session.checking;
    return reason;
  });
  return session.checking;
}

/** Leaves the clusters that refuse; why the session is over when it was the last. */
async function askClusters(runtime: HttpRuntime, session: Session): Promise<string | undefined> {
  const now = runtime.clock.now();
  const due = [...session.clusters.values()].filter((cluster) => {
    cluster.askedAt ??= session.checkedAt;
    return !isWatched(cluster) || now - cluster.askedAt >= watchedTrustTime;
  });
  for (const cluster of due) cluster.askedAt = now;
  await Promise.all(due.map((cluster) => leaveIfRefused(runtime, session, cluster)));
  return runtime.sessions.endReason(session);
}

/**
 * Whether the view's watches, several of which begin anew in a second, tell within seconds that these very credentials are refused, and what the credentials say themselves
 * (certificates, JWTs) is who the person is: that can't change as it can for a token that the cluster looks up, or that is renewed.
 */
function isWatched({ credentials, lease }: SessionCluster): boolean {
  const { certificate, token, tokens, plugin } = credentials;
  return (
    tokens === undefined &&
    plugin === undefined &&
    (certificate !== undefined || namesItsOwner(token)) &&
    hasSameSecrets(lease.openedWith, credentials) &&
    lease.view.connection().state === "live"
  );
}

/** Logs out of a cluster that does not take the credentials any more, and tells why. */
export async function leaveIfRefused(
  runtime: HttpRuntime,
  session: Session,
  cluster: SessionCluster,
): Promise<string | undefined> {
  const { credentials } = cluster;
  const reason = await refusal(runtime, cluster);
  // The person may have shown new ones in the meantime.
  if (reason === undefined || cluster.credentials !== credentials) return undefined;
  runtime.sessions.leave(session, cluster, reason);
  return reason;
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
 * still work gets another view, and one whose don't leaves the cluster. Resolves when it has left.
 */
export async function followView(runtime: HttpRuntime, session: Session, cluster: SessionCluster): Promise<void> {
  try {
    while (!cluster.ended.aborted) {
      await cluster.lease.view.ended;
      if (cluster.ended.aborted) return;
      if ((await leaveIfRefused(runtime, session, cluster)) === undefined) await renewLease(runtime, cluster);
    }
  } catch {
    runtime.sessions.leave(session, cluster, "The cluster view could not be opened again.");
  }
}

/** Milliseconds that another view may take to be opened, and between looks at whether it is. */
const patience = 5_000;
const interval = 50;

/** Closes a view whose credentials are refused though the session's own are not; resolves when {@link followView} has opened another, or in vain after a while. */
export async function replaceView(cluster: SessionCluster): Promise<void> {
  const { view } = cluster.lease;
  await view.close();
  for (let waited = 0; waited < patience && cluster.lease.view === view; waited += interval)
    await new Promise((resolve) => setTimeout(resolve, interval));
}

/**
 * Sees to it that a change is made through a view that works. One that is shared may have been opened by a session whose credentials have been revoked since: the person then
 * gets one that is opened with their own. Costs a request only where the view was opened with others.
 */
export async function requireWorkingView(cluster: SessionCluster): Promise<void> {
  const { credentials, lease } = cluster;
  if (hasSameSecrets(lease.openedWith, credentials)) return;
  try {
    await identify(lease.view.client);
  } catch (error) {
    if (isKubeFault(error) && error.status === 401) await replaceView(cluster);
  }
}

async function renewLease(runtime: HttpRuntime, cluster: SessionCluster): Promise<void> {
  const ended = cluster.lease;
  cluster.lease = await runtime.views.acquire(cluster.credentials, cluster.identity);
  ended.release();
  if (cluster.ended.aborted) cluster.lease.release();
}
