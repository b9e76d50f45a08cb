/**
 * Health in Argo CD's words, best to worst, as every engine's verdict is shown.
 * Source of the words: argoproj/gitops-engine `pkg/health/health.go`.
 */
export const healthStatuses = ["Healthy", "Suspended", "Progressing", "Missing", "Degraded", "Unknown"] as const;

/** One health word. */
export type HealthStatus = (typeof healthStatuses)[number];

const rank = new Map<HealthStatus, number>(healthStatuses.map((status, index) => [status, index]));

/** How bad a status is: 0 (Healthy) to 5 (Unknown). */
export function healthRank(status: HealthStatus): number {
  return rank.get(status) ?? healthStatuses.length;
}
