const step = /\.?\[\s*"((?:[^"\\]|\\.)*)"\s*\]|\."((?:[^"\\]|\\.)*)"|\.([A-Za-z_]\w*)|\.?\[\s*(\d+)\s*\]/y;

/** Where a jq path expression leads. */
export interface JqPath {
  /** JSON pointer of its fixed part; empty when it has none. */
  readonly pointer: string;
  /** Whether that is all of it. */
  readonly exact: boolean;
}

/**
 * Reads a jq path expression as far as it is a plain path (`.spec.template.metadata.annotations["a/b"]`, `.spec.ports[0]`). Of one that goes on with more,
 * such as `.spec.containers[] | select(.name == "proxy")`, the fixed part is told: what the expression finds is below it. Alternatives (`,`, `//`),
 * recursion and whatever else does not begin with a path may lead anywhere.
 */
export function jqPath(expression: string): JqPath {
  const trimmed = expression.trim();
  const segments: string[] = [];
  let position = 0;
  for (;;) {
    step.lastIndex = position;
    const match = step.exec(trimmed);
    if (match === null) break;
    const [all, bracketed, quoted, plain, index] = match;
    segments.push(unescape(bracketed ?? quoted) ?? plain ?? index ?? "");
    position += all.length;
  }
  const rest = trimmed.slice(position).trim();
  const pointer = segments.map((segment) => `/${segment.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  if (rest === "") return { pointer, exact: pointer !== "" };
  const isBelow =
    /^(\.?\[|\||\?)/.test(rest) &&
    !/,|\/\/|\.\.|\b(?:def|reduce|foreach|getpath|paths|input|env)\b|\$/.test(outsideStrings(rest));
  return { pointer: isBelow ? pointer : "", exact: false };
}

function unescape(text: string | undefined): string | undefined {
  return text?.replace(/\\(.)/g, "$1");
}

function outsideStrings(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
}
