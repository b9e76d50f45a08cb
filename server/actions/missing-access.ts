import type { AccessAnswer, AccessAttributes, ClusterAccess } from "#server/kube/access.ts";
import { describeAccess } from "#server/kube/access.ts";
import { sentenceList } from "./words.ts";

/** What is missing for one action, in words; undefined when nothing is. @throws KubeError with status 401 */
export async function missingAccess(
  access: ClusterAccess,
  attributes: readonly AccessAttributes[],
): Promise<string | undefined> {
  return missingWords(attributes, await reviewAll(access, attributes));
}

/** Asks for all of them at once, each thing once. @throws KubeError with status 401 */
export async function reviewAll(
  access: ClusterAccess,
  attributes: readonly AccessAttributes[],
): Promise<Map<string, AccessAnswer>> {
  const unique = [...new Map(attributes.map((entry) => [keyOf(entry), entry])).values()];
  const answers = unique.length === 0 ? [] : await access.review(unique);
  return new Map(answers.map((answer) => [keyOf(answer.attributes), answer]));
}

/** "needs patch on helmreleases.helm.toolkit.fluxcd.io in team-a", several joined. */
export function missingWords(
  attributes: readonly AccessAttributes[],
  answers: ReadonlyMap<string, AccessAnswer>,
): string | undefined {
  const missing = attributes.flatMap((entry) => {
    const answer = answers.get(keyOf(entry));
    if (answer?.allowed === true) return [];
    return [answer?.reason ?? describeAccess(entry)];
  });
  if (missing.length === 0) return undefined;
  const [first = "", ...others] = new Set(missing);
  const needs = "needs ";
  // One "needs" for all of them.
  const rest = others.map((reason) =>
    reason.startsWith(needs) && first.startsWith(needs) ? reason.slice(needs.length) : reason,
  );
  return sentenceList([first, ...rest], 12);
}

function keyOf({ verb, group, resource, subresource, namespace, name }: AccessAttributes): string {
  return [verb, group, resource, subresource ?? "", namespace ?? "", name ?? ""].join("|");
}
