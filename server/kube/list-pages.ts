import { KubeError } from "./client.ts";
import type { KubeClient, KubeRequest } from "./client.ts";
import { isRecord } from "./redaction/json.ts";

/** One page of a list. */
export interface ListPage {
  readonly items: readonly unknown[];
  /** The version from which a watch sees what comes after this list. */
  readonly resourceVersion: string;
  /** True when the list began anew because it took too long: what earlier pages held counts no more. */
  readonly restarted: boolean;
}

const pageSize = 500;
const restarts = 3;

/**
 * A list, page by page. A list that the API server can't continue (410: its snapshot was compacted) begins anew, a few times.
 *
 * @throws KubeError as the client does.
 */
export async function* listPages(
  client: Pick<KubeClient, "request">,
  request: Pick<KubeRequest, "path" | "query" | "accept" | "signal">,
): AsyncGenerator<ListPage> {
  let token: string | undefined;
  let restarted = false;
  for (let restart = 0; ;) {
    let answer: unknown;
    try {
      answer = await client.request<unknown>({
        ...request,
        query: { ...request.query, limit: pageSize, continue: token },
        timeout: 60_000,
      });
    } catch (fault) {
      if (!(fault instanceof KubeError && fault.status === 410 && token !== undefined && restart++ < restarts))
        throw fault;
      token = undefined;
      restarted = true;
      continue;
    }
    const metadata = isRecord(answer) && isRecord(answer["metadata"]) ? answer["metadata"] : {};
    const items: unknown = isRecord(answer) ? answer["items"] : undefined;
    yield { items: Array.isArray(items) ? items : [], resourceVersion: textOf(metadata["resourceVersion"]), restarted };
    restarted = false;
    token = textOf(metadata["continue"]) || undefined;
    if (token === undefined) return;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
