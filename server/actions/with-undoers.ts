import type { Action, ActionResult } from "#lib/model/action.ts";
import { applicationKey, type Engine } from "#lib/model/application.ts";
import type { Undoer } from "#lib/model/undoer-schema.ts";
import { undoersOf } from "#server/engines/undoers.ts";
import type { UnitContext } from "./action-handler.ts";
import { undoneBy } from "./undone-by.ts";
import { unitWords } from "./unit-object.ts";

/** Actions that change the objects of a unit without a definition by themselves, past whoever else applies them. */
const ofObjects: ReadonlySet<Action> = new Set(["sync", "rollback", "uninstall"]);
const suspended = ["spec", "suspend"];
const automated = ["spec", "syncPolicy", "automated", "enabled"];
/** The field of a unit's definition that an action changes. A hold of a Kustomization changes its source, and judges that itself. */
const changedFields: Readonly<Partial<Record<Engine, Partial<Record<Action, readonly string[]>>>>> = {
  "flux-kustomization": { suspend: suspended, resume: suspended },
  "flux-helmrelease": { suspend: suspended, resume: suspended, rollback: suspended, "release-hold": suspended },
  argocd: { suspend: automated, resume: automated, rollback: automated, "release-hold": automated },
};

/**
 * A preview with those who would take back what the action changes. Warnings that name one of them already know better: they are judged by the
 * very field that changes. Where whoever applies the definition leaves that field alone, this is said, too.
 */
export function withUndoers(
  result: ActionResult,
  action: Action,
  context: Pick<UnitContext, "unit" | "reading" | "io" | "object" | "application">,
): ActionResult {
  const undoers = relevant(action, context).filter((undoer) => !isNamed(undoer, result.warnings));
  return undoers.length === 0 ? result : { ...result, undoers };
}

function relevant(
  action: Action,
  { unit, reading, io, object, application }: Parameters<typeof withUndoers>[2],
): Undoer[] {
  const all = undoersOf(unit, reading.inventory, io.store);
  if (unit.engine === "helm" || unit.engine === "kubectl")
    return ofObjects.has(action) ? all.filter(({ active, reverts }) => active && reverts === "objects") : [];
  const field = changedFields[unit.engine]?.[action];
  // Only the nearest one applies what is changed; those above it apply that one.
  const nearest = all.find(({ reverts }) => reverts === "definition");
  if (field === undefined || !nearest) return [];
  const owner = application.managedBy;
  const isOwner = owner && nearest.application && applicationKey(owner) === applicationKey(nearest.application);
  if (!isOwner || !object || undoneBy(object, field, owner) !== undefined) return nearest.active ? [nearest] : [];
  const words = `${unitWords(owner)} applies ${unitWords(unit)} without ${field.join(".")}: what this changes stays.`;
  return [{ ...nearest, active: false, text: words }];
}

function isNamed({ application, ref }: Undoer, warnings: readonly string[]): boolean {
  const { namespace, name = "" } = application ?? ref ?? {};
  return warnings.some((warning) => warning.includes(namespace === undefined ? name : `${namespace}/${name}`));
}
