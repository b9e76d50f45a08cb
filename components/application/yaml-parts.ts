/** A stretch of a line of YAML. */
export type YamlPart = { kind: "key" | "mark" | "text" | "masked" | "comment"; text: string };

/** Takes one line of YAML apart for display: indent and dashes, key, value; masked values are set apart. */
export function yamlParts(line: string): YamlPart[] {
  const match = /^(\s*(?:- +)*)(#.*)?(?:("[^"]*"|[^\s:#"'][^:]*?)(:)(?=\s|$))?(.*)$/.exec(line);
  if (!match) return [{ kind: "text", text: line }];
  const [, lead = "", comment, key, colon, rest = ""] = match;
  const parts: YamlPart[] = [];
  if (lead !== "") parts.push({ kind: "mark", text: lead });
  if (comment !== undefined) parts.push({ kind: "comment", text: comment });
  if (key !== undefined) parts.push({ kind: "key", text: key }, { kind: "mark", text: colon ?? ":" });
  for (const piece of rest.split(/(‹masked[^›]*›)/)) {
    if (piece !== "") parts.push({ kind: piece.startsWith("‹masked") ? "masked" : "text", text: piece });
  }
  return parts;
}
