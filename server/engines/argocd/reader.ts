import type { EngineReader } from "../engine.ts";
import { applicationDetail } from "./detail.ts";
import { applicationHistory } from "./history.ts";
import { applicationKind } from "./kind.ts";
import { projectKind } from "./project.ts";
import { readApplication } from "./read.ts";

/** Argo CD Applications. */
export const argocd: EngineReader = {
  engine: "argocd",
  watches: [
    { ...applicationKind, depth: "full" },
    { ...projectKind, depth: "full" },
    // What it makes Applications from decides who undoes a change of one.
    { group: applicationKind.group, kind: "ApplicationSet", depth: "full" },
  ],
  unitsOf({ ref }) {
    if (ref.group !== applicationKind.group || ref.kind !== applicationKind.kind || ref.namespace === undefined)
      return [];
    return [{ engine: "argocd", namespace: ref.namespace, name: ref.name }];
  },
  read: readApplication,
  detail: applicationDetail,
  history: applicationHistory,
};
