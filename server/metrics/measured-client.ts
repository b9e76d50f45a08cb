import { KubeError, type KubeClient, type KubeRequest } from "#server/kube/client.ts";
import type { Metrics } from "./metrics.ts";

/** The same client, whose requests are counted by verb and code, and the events of its watches. */
export function measuredClient(
  client: KubeClient,
  metrics: Pick<Metrics, "asked" | "heard">,
  now: () => number,
): KubeClient {
  const measure = async <T>(request: KubeRequest, ask: () => Promise<T>): Promise<T> => {
    const started = now();
    try {
      const answer = await ask();
      metrics.asked(verbOf(request), 200, (now() - started) / 1000);
      return answer;
    } catch (error) {
      metrics.asked(verbOf(request), error instanceof KubeError ? error.status : 0, (now() - started) / 1000);
      throw error;
    }
  };
  return {
    server: client.server,
    request: (request) => measure(request, () => client.request(request)),
    stream: async (request) => {
      const stream = await measure(request, () => client.stream(request));
      return verbOf(request) === "watch" ? counted(stream, (events) => metrics.heard(events)) : stream;
    },
    kubeconfig: () => client.kubeconfig(),
    close: () => client.close(),
  };
}

/** Each event of a watch is a line. */
async function* counted(
  stream: AsyncIterable<Uint8Array>,
  count: (events: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    let events = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, end + 1)) events += 1;
    count(events);
    yield chunk;
  }
}

/** Kubernetes' verb of a request (https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb). */
export function verbOf({ method = "GET", path, query }: KubeRequest): string {
  switch (method) {
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "PATCH":
      return "patch";
    case "DELETE":
      return "delete";
    case "GET":
      if (query?.["watch"] !== undefined) return "watch";
      return isCollection(path) ? "list" : "get";
  }
}

/** Whether a path ends in a resource's plural: `/api/v1/pods`, `/apis/GROUP/VERSION/namespaces/NS/PLURAL`. */
function isCollection(path: string): boolean {
  const parts = path.split("/").filter((part) => part !== "");
  const rest = parts[0] === "api" ? parts.slice(2) : parts[0] === "apis" ? parts.slice(3) : [];
  const within = rest[0] === "namespaces" && rest.length > 2 ? rest.slice(2) : rest;
  return within.length === 1;
}
