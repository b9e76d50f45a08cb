/** One word of a search: `prod`, `"two words"`, `ns:prod` or `-ns:prod`. `start` and `end` are its place in the text. */
export interface Term {
  /** What must be there; of a field, each of these would do. Lower case. */
  readonly values: readonly string[];
  /** The field's name as it was typed, in lower case. */
  readonly field?: string;
  /** Must not be there. */
  readonly negated: boolean;
  /** Stood in quotes: the whole value is meant, and not a part of it. */
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

/** Something in a search that can't be meant so, in words. */
export interface Mistake {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/* A field is letters before the first colon: `sha256:4a…` and `https://…` are words. */
const fieldPattern = /^([a-z]+):(?!\/\/)/i;

/**
 * Takes a search apart into its words. Words are parted by blanks, unless in double quotes; `-` or `!` before one turns it around, `name:`
 * makes it about a field, and commas part the values of a field. Never fails: a quote that is not closed reaches to the end.
 */
export function parseQuery(text: string): { terms: Term[]; mistakes: Mistake[] } {
  const terms: Term[] = [];
  const mistakes: Mistake[] = [];
  for (const { word, start } of wordsOf(text)) {
    const end = start + word.length;
    const negated = /^[-!]./.test(word);
    const body = negated ? word.slice(1) : word;
    const field = fieldPattern.exec(body)?.[1];
    const value = field === undefined ? body : body.slice(field.length + 1);
    if (quotesIn(value) % 2 === 1)
      mistakes.push({ text: `The quote after ${value.split('"')[0] || "the blank"} is not closed.`, start, end });
    const quoted = value.startsWith('"');
    const plain = value.replaceAll('"', "").toLowerCase();
    const values = field === undefined || quoted ? [plain] : plain.split(",");
    terms.push({
      values: values.filter((each) => each !== ""),
      ...(field !== undefined && { field: field.toLowerCase() }),
      negated,
      quoted,
      start,
      end,
    });
  }
  return { terms, mistakes };
}

function quotesIn(text: string): number {
  return text.split('"').length - 1;
}

function wordsOf(text: string): Array<{ word: string; start: number }> {
  const words: Array<{ word: string; start: number }> = [];
  let start = -1;
  let quoted = false;
  for (let at = 0; at <= text.length; at += 1) {
    const char = text[at];
    const ends = char === undefined || (!quoted && /\s/.test(char));
    if (char === '"') quoted = !quoted;
    if (!ends && start < 0) start = at;
    if (ends && start >= 0) {
      words.push({ word: text.slice(start, at), start });
      start = -1;
    }
  }
  return words;
}

/** Puts a value into a search so that it is read back as it is. */
export function quoteValue(value: string): string {
  return /[\s",]/.test(value) ? `"${value.replaceAll('"', "")}"` : value;
}
