import type { Evidence } from "#lib/model/action.ts";
import { fields, list, text } from "#lib/model/health/fields.ts";
import type { HookFact } from "#server/desired/desired-state.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { KubeError } from "#server/kube/client.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { podLogs } from "#server/kube/read.ts";
import { findRaw } from "../object-io.ts";

const tailLines = 40;
const mostBytes = 64 * 1024;

/**
 * What each of these hooks came to: its Pods with their exit codes and the ends of their logs. What is gone or can't be read is told as far as the
 * record tells it. @throws KubeError when the cluster can't be asked at all
 */
export async function testEvidence(
  hooks: readonly HookFact[],
  scrub: (text: string) => string,
  io: EngineIo,
): Promise<Evidence[]> {
  const found = await Promise.all(hooks.map(async (hook) => await evidenceOf(hook, scrub, io)));
  return found.flat();
}

async function evidenceOf(hook: HookFact, scrub: (text: string) => string, io: EngineIo): Promise<Evidence[]> {
  const failed = hook.phase === "Failed";
  const bare = (why: string): Evidence[] => [
    { ref: hook.ref, verdict: `${failed ? "failed" : "succeeded"}; ${why}`, failed },
  ];
  try {
    const pods = await podsOf(hook, io);
    if (pods.length === 0) return bare("its Pod is deleted, by its own policy");
    return await Promise.all(
      pods.map(async (pod): Promise<Evidence> => {
        const { name, namespace = "" } = pod.metadata;
        const log = await logOf({ name, namespace }, io);
        return {
          ref: { group: "", version: "v1", kind: "Pod", namespace, name },
          verdict: verdictOf(pod),
          failed: text(fields(pod["status"])["phase"]) === "Failed",
          ...(log !== undefined && { log: scrub(io.masker.maskText(log)) }),
        };
      }),
    );
  } catch (error) {
    if (!(error instanceof KubeError) || error.status === 0 || error.status === 401) throw error;
    return bare("you may not read its Pod");
  }
}

/** The hook itself where it is a Pod, else the Pods of its Job. */
async function podsOf({ ref }: HookFact, io: EngineIo): Promise<KubeObject[]> {
  if (ref.kind === "Pod") return [await findRaw(io, ref)].flatMap((pod) => pod ?? []);
  if (ref.kind !== "Job") return [];
  const answer = await io.client.request<{ items?: KubeObject[] }>({
    path: `/api/v1/namespaces/${encodeURIComponent(ref.namespace ?? "")}/pods`,
    query: { labelSelector: `batch.kubernetes.io/job-name=${ref.name}`, limit: 10 },
  });
  return answer.items ?? [];
}

/** "succeeded", "failed: migration exited with 3 (OOMKilled)". */
function verdictOf(pod: KubeObject): string {
  const status = fields(pod["status"]);
  const phase = text(status["phase"]);
  if (phase === "Succeeded") return "succeeded";
  const ends = list(status["containerStatuses"]).flatMap((entry) => {
    const container = fields(entry);
    const end = fields(fields(container["state"])["terminated"]);
    const code = end["exitCode"];
    if (typeof code !== "number" || code === 0) return [];
    const reason = text(end["reason"]);
    return [
      `${text(container["name"])} exited with ${code}${reason === "" || reason === "Error" ? "" : ` (${reason})`}`,
    ];
  });
  return [phase.toLowerCase() || "unknown", ...ends].join(": ");
}

async function logOf(pod: { namespace: string; name: string }, io: EngineIo): Promise<string | undefined> {
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of await podLogs(io.client, pod, { tailLines })) {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > mostBytes) break;
    }
    return Buffer.concat(chunks).toString("utf8");
  } catch (error) {
    // Without a log the verdict still tells something.
    if (error instanceof KubeError && error.status !== 401) return undefined;
    throw error;
  }
}
