import type { ArgocdDetail } from "#lib/api/argocd-contract.ts";
import type { ActionRequest } from "#lib/model/action.ts";

/** What a person chose for a sync by Argo CD. */
export type ArgoSyncChoice = Pick<
  ActionRequest,
  "dryRun" | "applyOnly" | "force" | "serverSideApply" | "replace" | "revision" | "revisions"
>;

type Toggle = "dryRun" | "applyOnly" | "force" | "serverSideApply" | "replace";

/** The switches, in the order in which they are offered. */
export const argoSyncOptions: readonly { readonly key: Toggle; readonly label: string; readonly hint: string }[] = [
  { key: "dryRun", label: "Dry run", hint: "Argo CD tries it and changes nothing." },
  { key: "applyOnly", label: "Apply only", hint: "Hooks of the source are not run." },
  { key: "force", label: "Force", hint: "Deletes and creates anew what can't be changed in place." },
  { key: "serverSideApply", label: "Server-side apply", hint: "The API server merges, and says who owns which field." },
  { key: "replace", label: "Replace", hint: "Writes objects whole: what others have set in them is lost." },
];

const specOptions: Partial<Record<Toggle, string>> = {
  serverSideApply: "ServerSideApply=true",
  replace: "Replace=true",
};

/** Whether a switch is on: as it was chosen, else as the Application's own sync options say. */
export function isOn(key: Toggle, choice: ArgoSyncChoice, { syncOptions }: Pick<ArgocdDetail, "syncOptions">): boolean {
  const option = specOptions[key];
  return choice[key] ?? (option !== undefined && syncOptions.includes(option));
}

/** The choice with a revision for one source; an empty one is the source's target revision, and none is sent when all are. */
export function withRevision(
  { revision: one, revisions: many, ...choice }: ArgoSyncChoice,
  { sources, manySources }: Pick<ArgocdDetail, "sources" | "manySources">,
  index: number,
  revision: string,
): ArgoSyncChoice {
  const before = many ?? [one ?? ""];
  const after = sources.map((_source, position) => (position === index ? revision : (before[position] ?? "")));
  if (after.every((each) => each === "")) return choice;
  return manySources ? { ...choice, revisions: after } : { ...choice, revision };
}
