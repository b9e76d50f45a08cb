import type { HealthStatus } from "../health-status.ts";

const words = new Map<string, HealthStatus>();

function mean(status: HealthStatus, list: string): void {
  for (const word of list.split(" ")) words.set(word, status);
}

mean(
  "Healthy",
  "accepted active applied approved available bound compliant complete completed connected created current deployed done enabled established exists finished green healthy initialized insync installed issued normal ok online operational provisioned ready reconciled running success successful succeeded synced up uptodate valid verified",
);
mean("Progressing", "init inprogress new notready queued scheduled submitted waiting yellow inactive starting");
mean("Suspended", "hibernated paused reconcilepaused stopped suspended");
mean("Missing", "absent missing notfound");
mean(
  "Degraded",
  "aborted canceled cancelled crashed degraded down expired invalid lost noncompliant offline red rejected unavailable unhealthy unreachable warning",
);
mean("Unknown", "inconclusive unknown");

/**
 * What a phase, state or reason word means, whatever its case ("In-Progress", "IN_PROGRESS"): by the word itself, else
 * by its making: …fail…, …error…, …BackOff and …Exceeded are failures; a participle ("Creating") is work that goes on,
 * and so is "Waiting…", "Pending…" or "…NotReady". Undefined for other words.
 */
export function wordVerdict(word: string): HealthStatus | undefined {
  const plain = squeeze(word);
  const exact = words.get(plain);
  if (exact !== undefined) return exact;
  if (
    plain.includes("fail") ||
    plain.includes("error") ||
    plain.endsWith("backoff") ||
    plain.endsWith("exceeded") ||
    plain.endsWith("aborted")
  )
    return "Degraded";
  if (plain.endsWith("notready") || plain.endsWith("notcomplete")) return "Progressing";
  if (
    plain.endsWith("ing") ||
    plain.startsWith("waiting") ||
    plain.startsWith("pending") ||
    plain.startsWith("creating") ||
    plain.startsWith("scaling") ||
    plain.endsWith("inprogress")
  )
    return "Progressing";
  return undefined;
}

function squeeze(word: string): string {
  let plain = word.toLowerCase();
  if (plain.includes("-")) plain = plain.replaceAll("-", "");
  if (plain.includes("_")) plain = plain.replaceAll("_", "");
  if (plain.includes(" ")) plain = plain.replaceAll(" ", "");
  return plain;
}
