import { z } from "zod";
import { apiError } from "#lib/api/errors.ts";
import { fields, list } from "#lib/model/health/fields.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import { mergeLogs, type LogToMerge } from "#server/kube/merged-logs.ts";
import type { ClusterView } from "#server/view/view.ts";
import type { Call } from "./guard.ts";
import { logQuery } from "./log-query.ts";
import { lostLog, owner as ownerOf } from "./streams.ts";

/** More than these can't be followed by eye, and each is a request to a kubelet. */
const mostPods = 20;
const mostLogs = 40;

const podSchema = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?\/[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/)
  .max(320);
const podsSchema = z.array(podSchema).min(1).max(mostPods);

interface Pod {
  readonly namespace: string;
  readonly name: string;
}

/**
 * `GET /api/v1/logs?pod=<namespace>/<name>&pod=…`: the logs of several pods in one answer, each line with its pod and its time.
 * `container` picks one by name, `*` all of them; without it each pod's own default is read.
 */
export async function mergedLogStream(call: Call<unknown>): Promise<Response> {
  const search = new URLSearchParams(call.url.searchParams);
  const pods = podsOf(search);
  const container = search.get("container") ?? undefined;
  search.delete("container");
  const stop = new AbortController();
  const options = { ...logQuery(search, stop.signal), timestamps: true };
  const abort = (): void => stop.abort();
  call.request.signal.addEventListener("abort", abort, { once: true });
  const logs = pods
    .flatMap((pod) => containersOf(call.view, pod, container).map((name) => ({ pod, name })))
    .slice(0, mostLogs)
    .map(({ pod, name }): LogToMerge => ({
      namespace: pod.namespace,
      pod: pod.name,
      container: name,
      open: async () =>
        await call.runtime.live.logs(
          call.view,
          { group: "", kind: "Pod", ...pod },
          { ...options, ...(name !== "" && { container: name }) },
        ),
    }));
  const owner = ownerOf(call);
  const check = async (): Promise<string | undefined> => {
    const over = await owner.check();
    if (over !== undefined) return over;
    const lost = await Promise.all(pods.map((pod) => lostLog(call.view, { group: "", kind: "Pod", ...pod })));
    return lost.find((reason) => reason !== undefined);
  };
  return call.runtime.streams.bytes(mergeLogs(logs), abort, { ...owner, check });
}

function podsOf(search: URLSearchParams): Pod[] {
  const parsed = podsSchema.safeParse(search.getAll("pod"));
  if (!parsed.success)
    throw apiError(422, "invalid", "The query does not fit this call.", {
      detail: `It needs 1 to ${mostPods} times \`pod=<namespace>/<name>\`.`,
    });
  return parsed.data.map((text) => {
    const [namespace = "", name = ""] = text.split("/");
    return { namespace, name };
  });
}

/** Which containers of a pod to read; one without a name where the pod is not known, so that the cluster decides. */
function containersOf({ store }: ClusterView, { namespace, name }: Pod, wanted: string | undefined): string[] {
  const pod = store.get(resourceKey({ group: "", kind: "Pod", namespace, name }))?.object;
  if (pod === undefined) return [wanted === "*" ? "" : (wanted ?? "")];
  const spec = fields(pod["spec"]);
  const names = (key: string) =>
    list(spec[key]).flatMap((container) => {
      const name = fields(container)["name"];
      return typeof name === "string" ? [name] : [];
    });
  const own = names("containers");
  const all = [...names("initContainers"), ...own, ...names("ephemeralContainers")];
  if (wanted === "*") return all;
  if (wanted !== undefined) return all.filter((each) => each === wanted);
  // As kubectl does it.
  const preferred = pod.metadata.annotations?.["kubectl.kubernetes.io/default-container"];
  const first = own.find((each) => each === preferred) ?? own[0];
  return first === undefined ? [""] : [first];
}
