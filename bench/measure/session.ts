import { readFileSync } from "node:fs";
import type { ApplicationList } from "#lib/api/application-contract.ts";
import type { Dashboard } from "../../sandbox/dashboard.ts";

/** Another way to the API server, and the path of the certificate authority to believe. */
interface ApiServer {
  readonly url: string;
  readonly authority: string;
}

/** A person who is logged in, as far as the measurements need one. */
export interface BenchSession {
  readonly cookie: string;
  /** The list, with its time and the bytes that travelled. */
  list(query?: string): Promise<{ list: ApplicationList; milliseconds: number }>;
  /** Any answer of the API. @throws Error for one that is no success */
  get(path: string): Promise<{ body: unknown; milliseconds: number }>;
}

/** Logs in by token, or by a kubeconfig with it when the API server is to be reached at another address. @throws Error when the server refuses */
export async function logIn(dashboard: Dashboard, token: string, server?: ApiServer): Promise<BenchSession> {
  const answer = await fetch(`${dashboard.url}/api/v1/session`, {
    method: "POST",
    headers: { origin: dashboard.url, "content-type": "application/json" },
    body: JSON.stringify(server === undefined ? { token } : { kubeconfig: kubeconfigOf(server, token) }),
  });
  if (!answer.ok) throw new Error(`The login failed: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const get: BenchSession["get"] = async (path) => {
    const started = performance.now();
    const response = await fetch(`${dashboard.url}${path}`, { headers: { cookie } });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
    return { body: JSON.parse(text) as unknown, milliseconds: performance.now() - started };
  };
  return {
    cookie,
    get,
    async list(query = "") {
      const { body, milliseconds } = await get(`/api/v1/applications${query}`);
      return { list: body as ApplicationList, milliseconds };
    },
  };
}

/** Waits until the list is complete and the view follows everything. @throws Error after ten minutes */
export async function whenComplete(session: BenchSession, rows: number): Promise<ApplicationList> {
  for (const deadline = performance.now() + 600_000; performance.now() < deadline;) {
    // Of an engine that has no rows here: asking for all of them ten times a second would be most of the work that is measured.
    if ((await session.list("?engine=kubectl")).list.connection.state === "live") {
      const { list } = await session.list();
      if (list.items.length >= rows) return list;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The list did not get ${rows} rows within ten minutes.`);
}

function kubeconfigOf({ url, authority }: ApiServer, token: string): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "bench",
    clusters: [
      {
        name: "bench",
        cluster: { server: url, "certificate-authority-data": readFileSync(authority).toString("base64") },
      },
    ],
    users: [{ name: "person", user: { token } }],
    contexts: [{ name: "bench", context: { cluster: "bench", user: "person" } }],
  });
}
