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
  test: "Test",
  uninstall: "Uninstall",
};

const syncWords: Record<Engine, string> = {
  "flux-kustomization": "The controller fetches what the source says now and applies it.",
  "flux-helmrelease": "The controller fetches what the source says now and applies it.",
  argocd: "Argo CD applies what the source says now.",
  helm: "Applies the current revision's manifest again, which undoes drift.",
  kubectl: "Applies the last applied configuration again, which undoes drift.",
};

const rollbackWords: Record<Engine, string> = {
  "flux-kustomization": "Brings back what was applied then and holds it, so that the controller does not undo it.",
  "flux-helmrelease": "Brings back what was deployed then and holds it, so that the controller does not undo it.",
  argocd: "Argo CD applies the earlier revision. Automated sync is switched off first, or it would undo this.",
  helm: "Brings back what was deployed then, as a new revision.",
  kubectl: "Brings back what was deployed then, as a new revision.",
};

const words: Record<Exclude<Action, "sync" | "rollback">, string> = {
  suspend: "The controller leaves this application as it is until it is resumed.",
  resume: "The controller takes the application up again and applies what the source says now.",
  "release-hold": "Ends the hold: the application follows its source again, and what was held back is applied.",
  terminate: "Stops the operation that is running. What it has applied so far stays.",
  restart: "Replaces the pods of its workloads one after the other.",
  refresh: "Looks at the source and the cluster again. Changes nothing.",
  test: "Runs the chart's own tests in the cluster (helm test) and shows what came of them.",
  uninstall: "Deletes what the release has made, and its history unless that is kept (helm uninstall).",
};

/** What the action does with an application of this engine, in one sentence. */
export function explain(action: Action, engine: Engine): string {
  if (action === "sync") return syncWords[engine];
  return action === "rollback" ? rollbackWords[engine] : words[action];
}

/** What the confirming button says: the action, and how much it changes where that is known. */
export function confirmLabel(intent: Intent, preview: ActionResult | undefined): string {
  const counts = preview?.changes && countChanges(preview.changes);
  const total = counts ? counts.added + counts.changed + counts.removed : undefined;
  const changes =
    total === undefined ? "" : total === 0 ? " · nothing changes" : ` ${total} ${total === 1 ? "change" : "changes"}`;
  const deleted = counts && counts.removed > 0 ? ` · ${counts.removed} deleted` : "";
  const { action, revision } = intent;
  if (action === "sync") return `Sync${changes}${deleted}`;
  if (action === "rollback") return `Roll back to ${revision ? shortRevision(revision.revision) : "…"}${deleted}`;
  if (action === "test") return "Run the tests";
  if (action === "uninstall") return `Uninstall${deleted}`;
  if (action !== "resume" && action !== "release-hold") return actionLabel[action];
  return `${actionLabel[action]}${total === undefined || total === 0 ? changes : ` ·${changes}`}${deleted}`;
}

/** A choice that an engine's sync offers. */
export type SyncOption = {
  key: "prune" | "force" | "withSource" | "hard" | "keepHistory";
  label: string;
  hint: string;
};

/** The choices that make sense for an action of this engine. */
export function optionsOf(action: Action, application: Application): SyncOption[] {
  if (action === "uninstall")
    return [
      {
        key: "keepHistory",
        label: "Keep the history",
        hint: "The release's records stay, so that it can be rolled back later.",
      },
    ];
  if (action !== "sync") return [];
  const source = {
    key: "withSource",
    label: "Fetch the source first",
    hint: "Otherwise what was fetched last is applied.",
  } as const;
  if (application.engine === "flux-kustomization") return [source];
  if (application.engine === "flux-helmrelease")
    return [
      source,
      { key: "force", label: "Force an upgrade", hint: "Runs a Helm upgrade even where nothing has changed." },
      {
        key: "hard",
        label: "Reset failures",
        hint: "Counts failures anew, so that it is tried again after the last retry.",
      },
    ];
  if (application.engine === "argocd") {
    return [{ key: "prune", label: "Prune", hint: "Deletes resources that the source no longer has." }];
  }
  return [];
}
