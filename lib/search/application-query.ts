import type { Application } from "../model/application.ts";
import { fieldOf, searchFields, wordFor, type SearchField } from "./application-fields.ts";
import { nearest } from "./nearest.ts";
import { parseQuery, type Mistake, type Term } from "./query.ts";

/** A search that is ready to be held against rows. */
export interface ApplicationQuery {
  /** Whether a row has all that was asked for. `text` is everything of the row that free words look at, in lower case. */
  readonly matches: (application: Application, text: string) => boolean;
  /** What can't be meant so, in words; the rest of the search works all the same. */
  readonly mistakes: readonly Mistake[];
}

type Check = (application: Application, text: string) => boolean;

/** Makes a search of what was typed. */
export function applicationQuery(typed: string): ApplicationQuery {
  const { terms, mistakes } = parseQuery(typed);
  const found = [...mistakes];
  const checks: Check[] = [];
  for (const term of terms) {
    const field = term.field === undefined ? undefined : fieldOf(term.field);
    if (term.field !== undefined && field === undefined) found.push(unknownField(term, term.field));
    // Nothing behind the colon yet: someone is typing.
    if (term.values.length === 0) continue;
    if (field) found.push(...unknownWords(term, field));
    const check = field ? inField(term, field) : inText(term);
    checks.push(term.negated ? (application, text) => !check(application, text) : check);
  }
  return { matches: (application, text) => checks.every((check) => check(application, text)), mistakes: found };
}

function inText({ values: [value = ""], field }: Term): Check {
  const sought = field === undefined ? value : `${field}:${value}`;
  return (_application, text) => text.includes(sought);
}

/** Words of a fixed set are known by their beginning, other values by any part; in quotes it has to be the whole. */
function inField({ values, quoted }: Term, field: SearchField): Check {
  const sought = values.map((value) => wordFor(field, value));
  return (application) => {
    const has = field.of(application);
    return has.some((each) => {
      const own = each.toLowerCase();
      return sought.some((value) =>
        quoted ? own === value : field.words ? own.startsWith(value) : own.includes(value),
      );
    });
  };
}

function unknownField({ start, end }: Term, name: string): Mistake {
  const near = nearest(
    name,
    searchFields.flatMap((field) => [field.name, ...field.also]),
  );
  const advice =
    near === undefined ? `Fields are ${searchFields.map((field) => field.name).join(", ")}.` : `Do you mean ${near}:?`;
  return { text: `There is no field “${name}”: it is searched as text. ${advice}`, start, end };
}

function unknownWords({ values, start, end }: Term, field: SearchField): Mistake[] {
  const { words } = field;
  if (words === undefined) return [];
  return values
    .filter((value) => !words.some((word) => word.toLowerCase().startsWith(wordFor(field, value))))
    .map((value) => ({ text: `${field.name} is never “${value}”. It is one of ${words.join(", ")}.`, start, end }));
}
