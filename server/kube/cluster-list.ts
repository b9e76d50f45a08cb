import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { ClusterEndpoint } from "./credentials.ts";

const listSchema = z.looseObject({
  clusters: z
    .array(
      z.looseObject({
        name: z.string().regex(/^(?!\*$)/),
        cluster: z.looseObject({
          server: z.url({ protocol: /^https$/ }),
          "certificate-authority-data": z.base64().optional(),
          "certificate-authority": z.string().optional(),
          "tls-server-name": z.string().optional(),
        }),
      }),
    )
    .min(1),
});

/**
 * The clusters of a kubeconfig that whoever runs Driftglass has written: where tokens may be for. Users and contexts in it are passed over.
 *
 * @throws Error that says what is wrong with the file
 */
export async function readClusterList(path: string): Promise<ClusterEndpoint[]> {
  const parsed = listSchema.safeParse(parse(await readFile(path, "utf8"), { maxAliasCount: 0 }));
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path.join(".") ?? "";
    throw new Error(`The list of clusters is not what it should be at \`${at}\`: it is a kubeconfig's \`clusters\`.`);
  }
  return await Promise.all(
    parsed.data.clusters.map(async ({ name, cluster }) => {
      const data = cluster["certificate-authority-data"];
      const file = cluster["certificate-authority"];
      const ca =
        data !== undefined
          ? Buffer.from(data, "base64").toString("utf8")
          : file === undefined
            ? undefined
            : await readFile(resolve(dirname(path), file), "utf8");
      const tlsServerName = cluster["tls-server-name"];
      return {
        cluster: name,
        server: cluster.server.replace(/\/+$/, ""),
        ...(ca === undefined ? {} : { ca }),
        ...(tlsServerName === undefined ? {} : { tlsServerName }),
      };
    }),
  );
}
