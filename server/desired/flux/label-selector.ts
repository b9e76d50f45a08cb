type Labels = Readonly<Record<string, string>>;

/**
 * Whether labels satisfy a selector expression: `a=b,c!=d,e in (x,y),f notin (z),g,!h`. An expression that can't be read matches nothing.
 * Source of the grammar: apimachinery `pkg/labels/selector.go`.
 */
export function matchesSelector(labels: Labels, expression: string): boolean {
  return splitRequirements(expression).every((requirement) => matches(labels, requirement.trim()));
}

/** Splits at commas outside of parentheses. */
function splitRequirements(expression: string): string[] {
  return expression.split(/,(?![^(]*\))/).filter((part) => part.trim() !== "");
}

function matches(labels: Labels, requirement: string): boolean {
  const set = /^([\w./-]+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(requirement);
  if (set) {
    const value = own(labels, set[1]);
    const included = value !== undefined && (set[3] ?? "").split(",").some((candidate) => candidate.trim() === value);
    return set[2] === "in" ? included : !included;
  }
  const equality = /^([\w./-]+)\s*(==|=|!=)\s*([\w.-]*)$/.exec(requirement);
  if (equality)
    return equality[2] === "!=" ? own(labels, equality[1]) !== equality[3] : own(labels, equality[1]) === equality[3];
  const existence = /^(!?)\s*([\w./-]+)$/.exec(requirement);
  if (!existence) return false;
  return (own(labels, existence[2]) !== undefined) === (existence[1] === "");
}

function own(labels: Labels, name: string | undefined): string | undefined {
  return name !== undefined && Object.hasOwn(labels, name) ? labels[name] : undefined;
}
