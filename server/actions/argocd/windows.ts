import { syncWindows } from "#lib/model/argocd/sync-window.ts";
import { fields, text } from "#lib/model/health/fields.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { UnitContext } from "../action-handler.ts";

/**
 * Why the project's sync windows let no sync by hand through now; undefined when they do, or when this person may not read the project. Argo CD's own
 * API server refuses as well; its controller takes the operation and lets it hang (`controller/sync.go`, syncWindowPreventsSync).
 */
export function windowInTheWay({ object, view, unit }: UnitContext, now = Date.now()): string | undefined {
  const spec = fields(object?.["spec"]);
  const namespace = text(fields(object?.["status"])["controllerNamespace"]) || unit.namespace;
  const name = text(spec["project"]) || "default";
  const project = view.store.get(resourceKey({ group: "argoproj.io", kind: "AppProject", namespace, name }));
  if (project === undefined) return undefined;
  return syncWindows(fields(project.object["spec"]), { name: unit.name, destination: fields(spec["destination"]) }, now)
    .manual;
}
