import { type Action, actions, type Permission } from "#lib/model/action.ts";
import type { AccessAnswer, AccessAttributes } from "#server/kube/access.ts";
import type { ActionHandler, UnitContext } from "./action-handler.ts";
import { handlers } from "./handlers.ts";
import { missingWords, reviewAll } from "./missing-access.ts";

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
