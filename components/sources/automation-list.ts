import {
  automationKey,
  automationKinds,
  type AutomationObject,
  type AutomationSection,
} from "#lib/model/automation.ts";
import { fluxSourceStatuses } from "#lib/model/flux-source.ts";

/** The objects of a section that have every word of the query somewhere, what needs a person first. */
export function showAutomation(
  items: readonly AutomationObject[],
  section: AutomationSection,
  query: string,
): AutomationObject[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return items
    .filter((item) => item.section === section)
    .filter((item) => {
      const text = textOf(item);
      return words.every((word) => text.includes(word));
    })
    .toSorted(
      (a, b) =>
        fluxSourceStatuses.indexOf(a.status.status) - fluxSourceStatuses.indexOf(b.status.status) ||
        automationKinds.indexOf(a.kind) - automationKinds.indexOf(b.kind) ||
        automationKey(a).localeCompare(automationKey(b), "en", { numeric: true }),
    );
}

function textOf({ name, namespace, kind, status, about, result, suspended }: AutomationObject): string {
  return [name, namespace, kind, status.status, status.message, about, result, suspended && "suspended"]
    .filter(Boolean)
    .join("\n")
    .toLowerCase();
}
