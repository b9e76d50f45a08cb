import { valueToYaml } from "#lib/diff/to-yaml.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { count, fields, list, text } from "#lib/model/health/fields.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { StoreReader } from "#server/kube/store.ts";
import type { StateDocument } from "./unit-state.ts";

/**
 * Source and parameters of an Application at an entry of its `status.history`, or as it is set now (`desired`), as YAML: what Argo CD itself
 * remembers of a revision. Empty where there is no such entry. The store's objects are masked.
 */
export function argoDocument({ namespace, name }: ApplicationRef, id: string, store: StoreReader): StateDocument[] {
  const application = store.get(resourceKey({ group: "argoproj.io", kind: "Application", namespace, name }))?.object;
  const status = fields(application?.["status"]);
  const entry =
    id === "desired"
      ? { ...fields(status["sync"]), ...fields(application?.["spec"]) }
      : list(status["history"])
          .map(fields)
          .find((item, index) => String(count(item["id"], index)) === id);
  if (entry === undefined) return [];
  const many = list(entry["sources"]).map(fields);
  const revisions = list(entry["revisions"]).map(text);
  const sources =
    many.length > 0
      ? many.map((source, index) => ({ ...source, revision: revisions[index] ?? "" }))
      : [{ ...fields(entry["source"]), revision: text(entry["revision"]) }];
  return [{ title: "Source and parameters", text: valueToYaml(sources.length === 1 ? sources[0] : sources) }];
}
