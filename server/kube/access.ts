import { reviewRules } from "./access-rules.ts";
import { createLimiter } from "./limiter.ts";
import { systemClock } from "./clock.ts";
import type { Clock } from "./clock.ts";
import { KubeError } from "./client.ts";
import type { KubeClient } from "./client.ts";

/** What somebody wants to do, as SelfSubjectAccessReview names it. */
export interface AccessAttributes {
  readonly verb: string;
  readonly group: string;
  /** Plural name, such as `helmreleases`. */
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** The API server's answer to one {@link AccessAttributes}. */
export interface AccessAnswer {
  readonly attributes: AccessAttributes;
  readonly allowed: boolean;
  /** In words, when it is not allowed: "needs patch on helmreleases.helm.toolkit.fluxcd.io in team-a". */
  readonly reason?: string;
}

/** What one person may do in one cluster. Answers are cached for some seconds, in this object alone. */
export interface ClusterAccess {
  /**
   * Asks for each of these, in the same order, at most eight at a time. A review that fails is answered as not allowed, with the
   * failure as its reason. @throws KubeError with status 401 when the credentials have stopped working.
   */
  review(attributes: readonly AccessAttributes[]): Promise<AccessAnswer[]>;
  /**
   * Those of the candidates in which this person may list something beyond what everyone may; for people who may not list
   * namespaces. Duplicates and what can't be a namespace's name are left out. @throws KubeError with status 401.
   */
  readableNamespaces(candidates: readonly string[]): Promise<string[]>;
  /** Rights have changed: what was answered before counts no more. */
  forget?(): void;
}

interface Cached<T> {
  readonly promise: Promise<T>;
  readonly until: number;
}

const trustFor = 5_000;

/** The access of the client's person. One for each view: its cache must never be shared by two identities. */
export function createClusterAccess(
  client: Pick<KubeClient, "request">,
  clock: Pick<Clock, "now"> = systemClock,
): ClusterAccess {
  const limit = createLimiter(8);
  const reviews = new Map<string, Cached<AccessAnswer>>();
  const readable = new Map<string, Cached<boolean>>();

  function cached<T>(cache: Map<string, Cached<T>>, key: string, ask: () => Promise<T>): Promise<T> {
    const now = clock.now();
    const known = cache.get(key);
    if (known && known.until > now) return known.promise;
    for (const [old, { until }] of cache) if (until <= now) cache.delete(old);
    const promise = limit(ask);
    cache.set(key, { promise, until: now + trustFor });
    promise.catch(() => cache.delete(key));
    return promise;
  }

  return {
    review: (attributes) =>
      Promise.all(attributes.map((one) => cached(reviews, keyOf(one), () => reviewOne(client, one)))),
    async readableNamespaces(candidates) {
      const names = [...new Set(candidates)].filter((name) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name));
      const answers = await Promise.all(names.map((name) => cached(readable, name, () => mayRead(client, name))));
      return names.filter((_, index) => answers[index]);
    },
    forget() {
      reviews.clear();
      readable.clear();
    },
  };
}

/** The permission that attributes stand for: "needs patch on helmreleases.helm.toolkit.fluxcd.io in team-a". */
export function describeAccess(attributes: AccessAttributes): string {
  const resource = attributes.subresource ? `${attributes.resource}/${attributes.subresource}` : attributes.resource;
  const qualified = attributes.group === "" ? resource : `${resource}.${attributes.group}`;
  const where = attributes.namespace ? ` in ${attributes.namespace}` : "";
  return `needs ${attributes.verb} on ${qualified}${where}`;
}

/**
 * Where to look for a person who may not list namespaces: the service account's own namespace, the kubeconfig context's, and those
 * that were configured or remembered, in this order.
 */
export function namespaceCandidates(from: {
  username: string;
  contextNamespace?: string;
  configured?: readonly string[];
}): string[] {
  const account = /^system:serviceaccount:([^:]+):[^:]+$/.exec(from.username)?.[1];
  return [
    ...new Set(
      [account, from.contextNamespace, ...(from.configured ?? [])].filter((name) => name !== undefined && name !== ""),
    ),
  ] as string[];
}

async function reviewOne(client: Pick<KubeClient, "request">, attributes: AccessAttributes): Promise<AccessAnswer> {
  try {
    const review = await client.request<{ status?: { allowed?: boolean } }>({
      method: "POST",
      path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
      body: {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes: attributes },
      },
      timeout: 10_000,
    });
    if (review.status?.allowed === true) return { attributes, allowed: true };
    return { attributes, allowed: false, reason: describeAccess(attributes) };
  } catch (fault) {
    if (!(fault instanceof KubeError) || fault.status === 401) throw fault;
    return {
      attributes,
      allowed: false,
      reason: `${describeAccess(attributes)}; whether you may could not be asked: ${fault.message}`,
    };
  }
}

/** Whether the rules of this namespace let the person list anything; what every authenticated person has does not count. */
async function mayRead(client: Pick<KubeClient, "request">, namespace: string): Promise<boolean> {
  try {
    const { rules, complete } = await reviewRules(client, namespace);
    const listed = rules.some(
      ({ verbs = [], resources = [], resourceNames = [] }) =>
        resourceNames.length === 0 && verbs.some((verb) => verb === "list" || verb === "*") && resources.length > 0,
    );
    if (listed || complete) return listed;
    // A webhook authorizer can't list its rules: ask it for one that whoever works in a namespace has.
    return (await reviewOne(client, { verb: "list", group: "", resource: "pods", namespace })).allowed;
  } catch (fault) {
    if (fault instanceof KubeError && fault.status === 401) throw fault;
    return false;
  }
}

function keyOf({ verb, group, resource, subresource = "", namespace = "", name = "" }: AccessAttributes): string {
  return JSON.stringify([verb, group, resource, subresource, namespace, name]);
}
