import { type Action, actions, type Permission } from "#lib/model/action.ts";
import type { AccessAnswer, AccessAttributes, ClusterAccess } from "#server/kube/access.ts";
import { describeAccess } from "#server/kube/access.ts";
import type { ActionHandler, UnitContext } from "./action-handler.ts";
import { handlers } from "./handlers.ts";
import { sentenceList } from "./words.ts";

/**
 * What this person may do with a unit now, one answer for each action that its engine has. All reviews are asked in one batch.
 * A missing permission is said before a reason of the unit's state: it does not pass by itself.
 * @throws KubeError with status 401
 */
export async function permissionsOf(context: UnitContext): Promise<Permission[]> {
  const table = handlers[context.unit.engine];
  const asked = actions.flatMap((action) => {
    const handler = table[action];
    return handler ? [{ action, handler, attributes: handler.access(context) }] : [];
  });
  const answers = await reviewAll(
    context.view.access,
    asked.flatMap(({ attributes }) => attributes),
  );
  return await Promise.all(
    asked.map(
      async ({ action, handler, attributes }) => await permissionOf(action, handler, context, attributes, answers),
    ),
  );
}

async function permissionOf(
  action: Action,
  handler: ActionHandler,
  context: UnitContext,
  attributes: readonly AccessAttributes[],
  answers: ReadonlyMap<string, AccessAnswer>,
): Promise<Permission> {
  const reason = missingWords(attributes, answers) ?? (await handler.refusal?.(context));
  return reason === undefined ? { action, allowed: true } : { action, allowed: false, reason };
}

/** What is missing for one action, in words; undefined when nothing is. @throws KubeError with status 401 */
export async function missingAccess(
  access: ClusterAccess,
  attributes: readonly AccessAttributes[],
): Promise<string | undefined> {
  return missingWords(attributes, await reviewAll(access, attributes));
}

async function reviewAll(
  access: ClusterAccess,
  attributes: readonly AccessAttributes[],
): Promise<Map<string, AccessAnswer>> {
  const unique = [...new Map(attributes.map((entry) => [keyOf(entry), entry])).values()];
  const answers = unique.length === 0 ? [] : await access.review(unique);
  return new Map(answers.map((answer) => [keyOf(answer.attributes), answer]));
}

/** "needs patch on helmreleases.helm.toolkit.fluxcd.io in team-a", several joined. */
function missingWords(
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
