/** What of a pattern has a meaning of its own: a class, alternatives, stars, an escape. */
const token = /\\(.)|\[(!?)([^\]]*)\]|(\*+)|(\?)|([{},])|(.)/gs;

/**
 * Whether a value matches a pattern as Argo CD matches names in its projects: `*` stands for anything, slashes too, `?` for one character, `[ab]`, `[!ab]`
 * and `{a,b}` as in a shell. A pattern that can't be read matches nothing. Source: gobwas/glob without separators (argo-cd `util/glob`).
 */
export function globMatch(pattern: string, value: string): boolean {
  let depth = 0;
  const expression = [...pattern.matchAll(token)].map(([, escaped, not, chars, stars, one, brace, plain]) => {
    if (chars !== undefined) return `[${not === "!" ? "^" : ""}${chars.replace(/[\\^\]]/g, "\\$&")}]`;
    if (stars !== undefined) return ".*";
    if (one !== undefined) return ".";
    if (brace === "{") {
      depth += 1;
      return "(?:";
    }
    if (brace === "}" && depth > 0) {
      depth -= 1;
      return ")";
    }
    if (brace === "," && depth > 0) return "|";
    return (escaped ?? brace ?? plain ?? "").replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
  });
  try {
    return new RegExp(`^${expression.join("")}$`, "s").test(value);
  } catch {
    return false;
  }
}
