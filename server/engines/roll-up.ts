import type { Application, Reason } from "#lib/model/application.ts";
import type { HealthSource } from "#lib/model/health.ts";
import { formatRef } from "#lib/model/resource-ref.ts";
import type { StoreReader } from "#server/kube/store.ts";
import type { InventoryItem } from "./engine.ts";
import { isWorse, judgeResource, plural, type ResourceVerdict } from "./judge.ts";

/** The resources of one unit, summed up. */
export interface RollUp {
  /** The worst of what counts, in words, with the object that causes it. */
  readonly health: Application["health"];
  readonly counts: Application["resources"];
  /** Lines of "why" beyond the cause: what can't be read, what else is wrong. */
  readonly reasons: readonly Reason[];
  /** Whether anything of the inventory exists, as far as can be seen. */
  readonly anyLive: boolean;
}

const maxReasons = 4;

/**
 * Sums up the health of an inventory: the worst resource decides, hooks and ignored ones don't count.
 *
 * What this person may not read is counted as Unknown but makes nothing Unknown unless there is nothing else. Under Argo CD's rules a Missing
 * resource counts only when nothing is live (argo-cd `controller/health.go`), and a child Application's Missing or Unknown doesn't.
 */
export function rollUp(
  inventory: readonly InventoryItem[],
  store: StoreReader,
  { source }: { source: HealthSource },
): RollUp {
  const counts: Application["resources"] = {};
  const troubled: { item: InventoryItem; verdict: ResourceVerdict }[] = [];
  const unread = new Map<string, { kinds: Set<string>; message: string }>();
  let worst: ResourceVerdict | undefined;
  let missing: ResourceVerdict | undefined;
  let judged = 0;
  let live = 0;
  for (const item of inventory) {
    if (item.hook === true) continue;
    const verdict = judgeResource(item, store, source);
    const { status } = verdict.health;
    counts[status] = (counts[status] ?? 0) + 1;
    if (verdict.live === "yes") live += 1;
    if (verdict.live === "unknown") note(unread, item, verdict);
    if (item.ignoreHealth === true || (verdict.live === "unknown" && status === "Unknown")) continue;
    judged += 1;
    if (status !== "Healthy") troubled.push({ item, verdict });
    if (source === "argocd" && status === "Missing") {
      missing ??= verdict;
      continue;
    }
    if (
      source === "argocd" &&
      status === "Unknown" &&
      item.ref.kind === "Application" &&
      item.ref.group === "argoproj.io"
    )
      continue;
    if (worst === undefined || isWorse(status, worst.health.status)) worst = verdict;
  }
  if (source === "argocd" && missing !== undefined && live === 0) worst = missing;
  const reasons = [...otherTroubles(troubled, worst), ...unreadReasons(unread)];
  return { health: summary(worst, judged, inventory.length, unread), counts, reasons, anyLive: live > 0 };
}

function summary(
  worst: ResourceVerdict | undefined,
  judged: number,
  total: number,
  unread: ReadonlyMap<string, { message: string }>,
): Application["health"] {
  if (worst !== undefined && judged > 0) return withCause(worst);
  const first = unread.values().next().value;
  if (total > 0 && first !== undefined)
    return { status: "Unknown", reason: [...unread.keys()][0] ?? "Unknown", message: first.message };
  return { status: "Healthy" };
}

function withCause({ health, cause }: ResourceVerdict): Application["health"] {
  if (health.status === "Healthy") return { status: "Healthy" };
  return {
    status: health.status,
    ...(health.reason !== undefined && { reason: health.reason }),
    message: words({ health, cause }),
    cause,
  };
}

// Verdicts about a child already name it; those about the resource itself need its name.
function words({ health, cause }: Pick<ResourceVerdict, "health" | "cause">): string {
  const message = health.message ?? health.reason ?? health.status;
  if (cause.kind === "Pod" || message.includes(cause.name)) return message;
  return `${formatRef(cause)}: ${message}`;
}

function otherTroubles(
  troubled: readonly { item: InventoryItem; verdict: ResourceVerdict }[],
  worst: ResourceVerdict | undefined,
): Reason[] {
  const others = troubled.filter(({ verdict }) => verdict !== worst);
  const reasons = others
    .slice(0, maxReasons)
    .map(({ verdict }): Reason => ({ about: "health", text: words(verdict), ref: verdict.cause }));
  if (others.length > maxReasons)
    reasons.push({ about: "health", text: `and ${others.length - maxReasons} more resources that are not healthy` });
  return reasons;
}

function note(
  unread: Map<string, { kinds: Set<string>; message: string }>,
  item: InventoryItem,
  { health }: ResourceVerdict,
): void {
  const reason = health.reason ?? "Unknown";
  if (health.status !== "Unknown") return;
  const entry = unread.get(reason) ?? { kinds: new Set<string>(), message: health.message ?? "can't be read" };
  entry.kinds.add(plural(item.ref.kind));
  unread.set(reason, entry);
}

function unreadReasons(unread: ReadonlyMap<string, { kinds: ReadonlySet<string>; message: string }>): Reason[] {
  const reasons: Reason[] = [];
  for (const [reason, { kinds, message }] of unread) {
    if (reason === "Loading") continue;
    const text =
      kinds.size === 1 || reason !== "Forbidden" ? message : `no permission to read ${[...kinds].join(", ")}`;
    reasons.push({ about: "health", text });
  }
  return reasons;
}
