import { fields, list, text } from "#lib/model/health/fields.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import { isAutomated } from "./patches.ts";
import type { UnitContext } from "../action-handler.ts";

const leavesAlone = new Set(["create-only", "create-delete"]);

/**
 * Why auto-sync can't be switched off: the ApplicationSet that makes the Application from its template sets its spec and annotations again at once, the hold
 * with them. Undefined when nothing does, or auto-sync is off anyway. Source: argo-cd `applicationset/utils/createOrUpdate.go`; what
 * `ignoreApplicationDifferences` names stays.
 */
export function templateInTheWay({ object, view, unit }: UnitContext): string | undefined {
  if (!isAutomated(object)) return undefined;
  const owner = object?.metadata.ownerReferences?.find(({ kind }) => kind === "ApplicationSet");
  if (owner === undefined) return undefined;
  const key = resourceKey({
    group: "argoproj.io",
    kind: "ApplicationSet",
    namespace: unit.namespace,
    name: owner.name,
  });
  const set = fields(view.store.get(key)?.object["spec"]);
  if (leavesAlone.has(text(fields(set["syncPolicy"])["applicationsSync"]))) return undefined;
  const ignored = list(set["ignoreApplicationDifferences"])
    .map(fields)
    .filter((rule) => text(rule["name"]) === "" || rule["name"] === unit.name)
    .flatMap((rule) => [...list(rule["jsonPointers"]), ...list(rule["jqPathExpressions"])].map(text));
  const stays = (place: string): boolean => ignored.some((path) => path.replaceAll(".", "/").startsWith(place));
  if (stays("/spec/syncPolicy") && stays("/metadata/annotations")) return undefined;
  return `ApplicationSet ${owner.name} makes it from its template and would switch auto-sync on again at once: name /spec/syncPolicy and /metadata/annotations in its ignoreApplicationDifferences, or change the template`;
}
