/** A field that another manager owns and that an apply would set differently. */
export interface FieldConflict {
  readonly manager: string;
  /** As the API server writes it, without the leading dot: `spec.replicas`. */
  readonly field: string;
}

/**
 * The conflicts that a refused server-side apply names. Source of the format: apimachinery
 * `pkg/util/managedfields/internal/conflict.go`: one conflict on one line, more of them as a list below their manager.
 */
export function parseConflicts(message: string): FieldConflict[] {
  const conflicts: FieldConflict[] = [];
  const managers = /conflicts? with "([^"]+)".*?:(?=\s*(?:-\s+)?\.)((?:(?!conflicts? with ").)*)/gs;
  for (const [, manager = "", fields = ""] of message.matchAll(managers)) {
    for (const part of fields.split(/\s+-\s+|\s*\n\s*|\s+(?=\.)/)) {
      const field = part.replace(/^-\s*/, "").trim().replace(/[,;]$/, "").replace(/^\./, "");
      if (field !== "") conflicts.push({ manager, field });
    }
  }
  return conflicts;
}
