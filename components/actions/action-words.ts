import type { Action, ActionRequest, ActionResult } from "#lib/model/action.ts";
import type { Application, Engine } from "#lib/model/application.ts";
import type { Revision } from "#lib/model/revision.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import { countChanges } from "#components/diff/object-changes.tsx";

/** An action a person is about to take. */
export type Intent = { action: Action; revision?: Revision | undefined; resources?: ActionRequest["resources"] };

/** What an action is called, on its button and as the title of its dialog. */
export const actionLabel: Record<Action, string> = {
  sync: "Sync",
  rollback: "Roll back",
  suspend: "Suspend",
  resume: "Resume",
  refresh: "Refresh",
  terminate: "Stop the operation",
  "release-hold": "Release the hold",
  restart: "Restart",
};

/** What the action does with an application of this engine, in one sentence. */
export function explain(action: Action, engine: Engine): string {
  switch (action) {
    case "sync":
      if (engine === "helm") return "Applies the current revision's manifest again, which undoes drift.";
      if (engine === "kubectl") return "Applies the last applied configuration again, which undoes drift.";
      return engine === "argocd" ? "Argo CD applies what the source says now." : "The controller fetches what the source says now and applies it.";
    case "rollback":
      if (engine === "argocd") return "Argo CD applies the earlier revision. Automated sync is switched off first, or it would undo this.";
      return engine === "helm" || engine === "kubectl" ? "Brings back what was deployed then, as a new revision." : "Brings back what was applied then and holds it, so that the controller does not undo it.";
    case "suspend":
      return "The controller leaves this application as it is until it is resumed.";
    case "resume":
      return "The controller takes the application up again and applies what the source says now.";
    case "release-hold":
      return "Ends the hold: the application follows its source again, and what was held back is applied.";
    case "terminate":
      return "Stops the operation that is running. What it has applied so far stays.";
    case "restart":
      return "Replaces the pods of its workloads one after the other.";
    case "refresh":
      return "Looks at the source and the cluster again. Changes nothing.";
  }
}

/** What the confirming button says: the action, and how much it changes where that is known. */
export function confirmLabel(intent: Intent, preview: ActionResult | undefined): string {
  const counts = preview?.changes && countChanges(preview.changes);
  const total = counts ? counts.added + counts.changed + counts.removed : undefined;
  const changes = total === undefined ? "" : total === 0 ? " · nothing changes" : ` ${total} ${total === 1 ? "change" : "changes"}`;
  const deleted = counts && counts.removed > 0 ? ` · ${counts.removed} deleted` : "";
  switch (intent.action) {
    case "sync":
      return `Sync${changes}${deleted}`;
    case "rollback":
      return `Roll back to ${intent.revision ? shortRevision(intent.revision.revision) : "…"}${deleted}`;
    case "resume":
    case "release-hold":
      return `${actionLabel[intent.action]}${total === undefined ? "" : ` ·${total === 0 ? " nothing changes" : changes}`}${deleted}`;
    default:
      return actionLabel[intent.action];
  }
}

/** A choice that an engine's sync offers. */
export type SyncOption = { key: "prune" | "force" | "withSource"; label: string; hint: string };

/** The choices that make sense for an action of this engine. */
export function optionsOf(action: Action, application: Application): SyncOption[] {
  if (action !== "sync") return [];
  const source = { key: "withSource", label: "Fetch the source first", hint: "Otherwise what was fetched last is applied." } as const;
  if (application.engine === "flux-kustomization") return [source];
  if (application.engine === "flux-helmrelease") return [source, { key: "force", label: "Force an upgrade", hint: "Runs a Helm upgrade even where nothing has changed." }];
  if (application.engine === "argocd") {
    return [
      { key: "prune", label: "Prune", hint: "Deletes resources that the source no longer has." },
      { key: "force", label: "Force", hint: "Deletes and creates anew what can't be changed in place." },
    ];
  }
  return [];
}
