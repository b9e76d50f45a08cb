import { createHash } from "node:crypto";
import type { KubeClient } from "./client.ts";

/** A rule of RBAC, as SelfSubjectRulesReview tells it. */
interface ResourceRule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** What a person may do in some namespaces, as a digest that changes when that does. */
export interface AccessRules {
  readonly digest: string;
  /** False where an authorizer (a webhook) can't list its rules. */
  readonly complete: boolean;
}

/** The rules of the client's person in these namespaces. @throws KubeError as the client does. */
export async function accessRules(
  client: Pick<KubeClient, "request">,
  namespaces: readonly string[],
): Promise<AccessRules> {
  const told: string[][] = [];
  let complete = true;
  // One after the other: there is no hurry.
  for (const namespace of namespaces) {
    const answer = await reviewRules(client, namespace);
    // The API server lists rules in no particular order.
    told.push(answer.rules.map((rule) => JSON.stringify(rule)).toSorted());
    complete &&= answer.complete;
  }
  return { digest: createHash("sha256").update(JSON.stringify(told)).digest("base64url"), complete };
}

/** The rules of one namespace, with those that hold in all. @throws KubeError as the client does. */
export async function reviewRules(
  client: Pick<KubeClient, "request">,
  namespace: string,
): Promise<{ readonly rules: readonly ResourceRule[]; readonly complete: boolean }> {
  const { status } = await client.request<{
    status?: { incomplete?: boolean; resourceRules?: readonly ResourceRule[] };
  }>({
    method: "POST",
    path: "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
    body: { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectRulesReview", spec: { namespace } },
    timeout: 10_000,
  });
  return { rules: status?.resourceRules ?? [], complete: status?.incomplete !== true };
}
