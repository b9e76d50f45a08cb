import { syncWindows, type SyncWindow, type SyncWindows } from "#lib/model/argocd/sync-window.ts";
import { type Fields, fields, list, text } from "#lib/model/health/fields.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { StoreReader } from "#server/kube/store.ts";
import { Facts } from "../common/facts.ts";
import { argoGroup } from "../managed-by.ts";
import type { ArgoApplication } from "./kind.ts";

/** Argo CD's AppProject, without a version. */
export const projectKind = { group: argoGroup, kind: "AppProject" } as const;

/** The key of an Application's project: Argo CD keeps projects in its own namespace, which is the Application's unless it may live elsewhere. */
export function projectKey({ spec, status, stored }: ArgoApplication): string {
  const namespace = text(status["controllerNamespace"]) || stored.ref.namespace || "argocd";
  return resourceKey({ ...projectKind, namespace, name: text(spec["project"]) || "default" });
}

/** The project's spec; undefined when there is none that this person may read. */
export function findProject(application: ArgoApplication, store: StoreReader): Fields | undefined {
  const project = store.get(projectKey(application));
  return project && fields(project.object["spec"]);
}

/** The sync windows that concern an Application, and what they say now. */
export function windowsOf(application: ArgoApplication, store: StoreReader, now: number): SyncWindows | undefined {
  const project = findProject(application, store);
  const { stored, spec } = application;
  return project && syncWindows(project, { name: stored.ref.name, destination: fields(spec["destination"]) }, now);
}

/** What the project allows, and its windows. */
export function projectFacts(application: ArgoApplication, store: StoreReader, now: number | undefined): Facts["list"] {
  const name = text(application.spec["project"]) || "default";
  const project = findProject(application, store);
  const facts = new Facts();
  if (project === undefined) {
    const { state } = store.kindState(projectKind);
    const why = state === "synced" ? "there is no such project" : "you may not read it";
    return facts.add("Project", `${name} (${why})`).list;
  }
  facts.add("Project", name);
  const sources = list(project["sourceRepos"]).map(text);
  const destinations = list(project["destinations"]).map((entry) => {
    const { server, name: cluster, namespace } = fields(entry);
    return [text(cluster) || text(server), text(namespace)].filter((part) => part !== "").join(" · ");
  });
  // The default project allows everything, which needs no words.
  if (sources.join() !== "*") facts.add("Allowed sources", sources.join(", ") || "none");
  if (destinations.join() !== "* · *") facts.add("Allowed destinations", destinations.join(", ") || "none");
  if (project["orphanedResources"] !== undefined)
    facts.add("Orphaned resources", fields(project["orphanedResources"])["warn"] === false ? "found" : "warned of");
  for (const window of (now === undefined ? undefined : windowsOf(application, store, now))?.windows ?? [])
    facts.add("Sync window", windowWords(window));
  return facts.list;
}

function windowWords({ kind, schedule, duration, manualSync, description, active, endsAt }: SyncWindow): string {
  const state = active ? `open now${endsAt === undefined ? "" : ` until ${endsAt.slice(11, 16)} UTC`}` : "closed now";
  return [
    `${kind === "deny" ? "denies" : "allows"} syncs, ${state}`,
    `${schedule} for ${duration}`,
    ...(manualSync ? ["by hand at any time"] : []),
    ...(description === undefined ? [] : [description]),
  ].join(" · ");
}
