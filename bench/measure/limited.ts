import type { KubeClient } from "../../sandbox/cluster/kube-client.ts";
import type { Dashboard } from "../../sandbox/dashboard.ts";
import { namespaceOf, type Planned } from "../fleet/plan.ts";
import { cpuSeconds, peakMemory } from "./process-tree.ts";
import type { Figure } from "./report.ts";
import { logIn, whenComplete } from "./session.ts";

const name = "bench-limited";
const home = namespaceOf(0);
const readable = [home, namespaceOf(1), namespaceOf(2)];
const rbac = "rbac.authorization.k8s.io/v1";

/** Where a server is told to look for people who may not read everything; some of it they may not read either. */
export const limitedEnvironment = {
  DRIFTGLASS_NAMESPACES: Array.from({ length: 10 }, (_, index) => namespaceOf(index)).join(","),
};

/** Somebody who may read three of the fleet's namespaces: to be made before {@link measureLimited}. */
export const limitedPerson: readonly Planned[] = [
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: home } },
  {
    apiVersion: rbac,
    kind: "ClusterRole",
    metadata: { name },
    rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["get", "list", "watch"] }],
  },
  ...readable.map((namespace) => ({
    apiVersion: rbac,
    kind: "RoleBinding",
    metadata: { name, namespace },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
    subjects: [{ kind: "ServiceAccount", name, namespace: home }],
  })),
].map((object) => ({ object }));

/**
 * What a server needs for this person alone.
 *
 * @param rest milliseconds after the list is complete until its memory is looked at
 */
export async function measureLimited(
  dashboard: Dashboard,
  client: KubeClient,
  rest: number,
): Promise<readonly Figure[]> {
  const pid = dashboard.process.pid ?? 0;
  const token = await tokenOf(client);
  const bare = peakMemory(pid);
  const cpu = cpuSeconds(pid);
  const started = performance.now();
  const { items } = await whenComplete(await logIn(dashboard, token), 1);
  const milliseconds = performance.now() - started;
  const spent = cpuSeconds(pid) - cpu;
  await new Promise((resolve) => setTimeout(resolve, rest));
  return [
    {
      what: `login of a person limited to ${readable.length} namespaces until the list is complete`,
      unit: "s",
      values: [milliseconds / 1000],
      note: `${items.length} rows`,
    },
    { what: "CPU of that", unit: "s", values: [spent] },
    {
      what: "server's peak memory for that person alone",
      unit: "MiB",
      values: [peakMemory(pid)],
      floor: `${Math.round(bare)} MiB before anybody has logged in`,
    },
  ];
}

async function tokenOf(client: KubeClient): Promise<string> {
  const path = `/api/v1/namespaces/${home}/serviceaccounts/${name}/token`;
  const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
  const { status } = (await client.send("POST", path, request)) as { status: { token: string } };
  return status.token;
}
