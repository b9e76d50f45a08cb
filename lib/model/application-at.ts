import { type ApplicationRef, applicationKey, parseApplicationKey } from "./application.ts";

/** One side of a comparison of applications: which, and at which revision (`desired`, `live` or an id of its history). */
export interface ApplicationAt {
  readonly application: ApplicationRef;
  readonly revision: string;
}

/** A side as it stands in URLs: `flux-kustomization/flux-system/shop@live`; without a revision it is `desired`. */
export function formatApplicationAt({ application, revision }: ApplicationAt): string {
  return revision === "desired" ? applicationKey(application) : `${applicationKey(application)}@${revision}`;
}

/** Reads {@link formatApplicationAt} back; undefined when it is not one. No name has an `@`, while revisions may. */
export function parseApplicationAt(text: string): ApplicationAt | undefined {
  const at = text.indexOf("@");
  const application = parseApplicationKey(at < 0 ? text : text.slice(0, at));
  const revision = at < 0 ? "desired" : text.slice(at + 1);
  return application && revision !== "" ? { application, revision } : undefined;
}
