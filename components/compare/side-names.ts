import { type ApplicationAt, parseApplicationAt } from "#lib/model/application-at.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import { engineName } from "#components/applications/engine-label.ts";

/** A side of a comparison as it stands in the URL. */
export function sideOf(text: string | undefined): ApplicationAt | undefined {
  return text === undefined ? undefined : parseApplicationAt(text);
}

/** What tells two sides apart in a few words: their names, else their namespaces, else their engines, else their revisions. */
export function sideNames(left: ApplicationAt, right: ApplicationAt): readonly [string, string] {
  const ways: ((side: ApplicationAt) => string)[] = [
    ({ application }) => application.name,
    ({ application }) => `${application.name} in ${application.namespace}`,
    ({ application }) => `${application.name}, ${engineName[application.engine]}`,
    ({ application, revision }) => `${application.name} ${revisionName(revision)}`,
  ];
  const telling = ways.find((way) => way(left) !== way(right)) ?? (() => "");
  const [first, second] = [telling(left), telling(right)];
  return first === second ? ["left", "right"] : [first, second];
}

/** A revision in a word: `desired`, `live`, or its short form. */
export function revisionName(revision: string): string {
  return revision === "desired" || revision === "live" ? revision : shortRevision(revision);
}
