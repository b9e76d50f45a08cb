import { readFileSync } from "node:fs";
import { Agent, request } from "undici";
import { parse } from "yaml";
import type { SandboxContext } from "../../sandbox/context.ts";
import { getObject } from "../../sandbox/scenario/actions.ts";

/** An object of an application that Driftglass follows. */
const target = { namespace: "doc-router-staging", type: "configmaps" };

/**
 * Changes an object of an application so many times as fast as the API server takes it, with a label that no engine minds, and takes the
 * label away again. Answers how many changes were made.
 */
export async function flood(sandbox: SandboxContext, changes: number): Promise<number> {
  const admin = sandbox.logins.find(({ name }) => name === "admin");
  const config = parse(readFileSync(sandbox.adminKubeconfig, "utf8")) as {
    clusters: { cluster: { "certificate-authority-data": string } }[];
  };
  const ca = Buffer.from(config.clusters[0]?.cluster["certificate-authority-data"] ?? "", "base64").toString();
  const agent = new Agent({ connect: { ca }, connections: 24 });
  const name = await findTarget(sandbox);
  const patch = async (value: string | null): Promise<void> => {
    const { statusCode, body } = await request(
      `${sandbox.apiServerUrl}/api/v1/namespaces/${target.namespace}/${target.type}/${name}`,
      {
        method: "PATCH",
        dispatcher: agent,
        headers: { authorization: `Bearer ${admin?.token}`, "content-type": "application/merge-patch+json" },
        body: JSON.stringify({ metadata: { annotations: { "flood.example.com/change": value } } }),
      },
    );
    await body.dump();
    if (statusCode !== 200) throw new Error(`the change was refused: ${statusCode}`);
  };
  let next = 0;
  try {
    await Promise.all(
      Array.from({ length: 24 }, async () => {
        while (next < changes) await patch(String((next += 1)));
      }),
    );
    return next;
  } finally {
    await patch(null);
    await agent.close();
  }
}

async function findTarget(sandbox: SandboxContext): Promise<string> {
  const kustomization = await getObject(sandbox, "kustomization", "flux-system", "doc-router-staging");
  const entries = (kustomization as { status?: { inventory?: { entries: { id: string }[] } } } | undefined)?.status
    ?.inventory?.entries;
  const id = entries?.find(
    (entry) => entry.id.startsWith(`${target.namespace}_`) && entry.id.endsWith("__ConfigMap"),
  )?.id;
  if (id === undefined) throw new Error("the application has no ConfigMap");
  return id.slice(target.namespace.length + 1, -"__ConfigMap".length);
}
