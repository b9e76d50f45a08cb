import type { Action, ActionResult } from "#lib/model/action.ts";
import type { Engine } from "#lib/model/application.ts";
import type { Undoer } from "#lib/model/undoer-schema.ts";
import { undoersOf } from "#server/engines/undoers.ts";
import type { UnitContext } from "./action-handler.ts";

/** Actions that change the object that defines a unit, where it has one. */
const ofDefinition: ReadonlySet<Action> = new Set(["rollback", "suspend", "resume", "release-hold"]);
/** Actions that change the objects of a unit by themselves, past whoever else applies them. */
const ofObjects: ReadonlySet<Action> = new Set(["sync", "rollback", "uninstall"]);

/**
 * A preview with those who would take back what the action changes. Warnings that name one of them already know better: they are judged by the
 * very field that changes.
 */
export function withUndoers(
  result: ActionResult,
  action: Action,
  { unit, reading, io }: Pick<UnitContext, "unit" | "reading" | "io">,
): ActionResult {
  const reverts = touched(unit.engine, action);
  if (reverts === undefined) return result;
  const undoers = undoersOf(unit, reading.inventory, io.store).filter(
    (undoer) => undoer.active && undoer.reverts === reverts && !isNamed(undoer, result.warnings),
  );
  return undoers.length === 0 ? result : { ...result, undoers };
}

function touched(engine: Engine, action: Action): Undoer["reverts"] | undefined {
  if (engine === "helm" || engine === "kubectl") return ofObjects.has(action) ? "objects" : undefined;
  return ofDefinition.has(action) ? "definition" : undefined;
}

function isNamed({ application, ref }: Undoer, warnings: readonly string[]): boolean {
  const { namespace, name = "" } = application ?? ref ?? {};
  return warnings.some((warning) => warning.includes(namespace === undefined ? name : `${namespace}/${name}`));
}
