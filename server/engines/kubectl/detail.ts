import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { conditionsOf } from "#lib/model/conditions.ts";
import { fields, text } from "#lib/model/health/fields.ts";
import { Facts } from "../common/facts.ts";
import type { ReadContext } from "../engine.ts";
import { imagesOf, summarise } from "../resource-summary.ts";
import { applySetMembers, applySetParent, membersOf } from "./group.ts";

/** Facts of each workload; conditions where there is one workload to have them. */
export function groupDetail(
  unit: ApplicationRef,
  { store }: ReadContext,
): Pick<ApplicationDetail, "conditions" | "facts"> {
  const { workloads, companions } = membersOf(unit, store);
  const facts = new Facts();
  for (const workload of workloads) facts.add(`${workload.ref.kind} ${workload.ref.name}`, summarise(workload));
  const images = new Set(workloads.flatMap(({ object }) => imagesOf(fields(object["spec"]))));
  if (workloads.length > 1) facts.add("Images", [...images].join(", "));
  const set = workloads
    .map(({ object }) => object.metadata.labels?.["applyset.kubernetes.io/part-of"])
    .find((id) => id !== undefined);
  const [first] = workloads;
  facts
    .add("ApplySet", set)
    .add("ApplySet members", set === undefined ? "" : membersWords(set, unit.namespace, store))
    .add("Grouped by", set === undefined ? groupedBy(first?.object.metadata.labels) : "")
    .add("Applied from", text(first?.object.metadata.annotations?.["config.kubernetes.io/origin"]))
    .add("Other resources", companions.length === 0 ? "" : String(companions.length));
  return {
    conditions: workloads.length === 1 && first !== undefined ? conditionsOf(first.object) : [],
    facts: facts.list,
  };
}

function groupedBy(labels: Readonly<Record<string, string>> | undefined): string {
  const label = ["app.kubernetes.io/part-of", "app.kubernetes.io/instance"].find(
    (name) => (labels?.[name] ?? "") !== "",
  );
  return label === undefined ? "" : `label ${label}`;
}

/** How many objects the set has in its namespace, of which kinds, and what applied it, as its parent says. */
function membersWords(id: string, namespace: string, store: ReadContext["store"]): string {
  const members = [...applySetMembers(id, namespace, store)];
  const kinds = [...new Set(members.map(({ ref }) => ref.kind))].join(", ");
  const parent = applySetParent(id, namespace, store);
  const tool = text(parent?.object.metadata.annotations?.["applyset.kubernetes.io/tooling"]);
  return `${members.length} (${kinds})${parent === undefined ? "; its parent is gone" : ""}${tool === "" ? "" : `, by ${tool}`}`;
}
