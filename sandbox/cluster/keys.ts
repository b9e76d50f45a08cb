import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { renderKubeconfig, writeKubeconfig } from "./kubeconfig.ts";
import type { Layout } from "./layout.ts";

/** Creates the cluster's keys and certificates, and the kubeconfigs of its components. */
export async function createKeys(layout: Layout): Promise<void> {
  await promisify(execFile)(join(layout.bin, "sandbox-helper"), ["pki", layout.keys]);
  const read = (name: string): Promise<Buffer> => readFile(join(layout.keys, name));
  const certificateAuthority = await read("ca.crt");
  for (const name of ["sandbox", "controller-manager", "scheduler"]) {
    const [certificate, key] = await Promise.all([read(`${name}.crt`), read(`${name}.key`)]);
    const content = renderKubeconfig({
      server: layout.apiServerUrl,
      certificateAuthority,
      user: name,
      credentials: { certificate, key },
    });
    await writeKubeconfig(layout.kubeconfigs, name, content);
  }
}
