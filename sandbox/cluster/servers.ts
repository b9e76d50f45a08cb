import { join } from "node:path";

import type { ComponentDefinition } from "../process/component.ts";
import { answersHttp } from "../process/ready.ts";
import type { Layout } from "./layout.ts";

/** Folder of the Helm repository. */
export function chartsDirectory({ data }: Layout): string {
  return join(data, "charts");
}

/** Where people log in whom the API server knows by their id token. It has the API server's certificate: both are 127.0.0.1. */
export function oidcProvider({ ports, keys, oidcIssuer }: Layout): ComponentDefinition {
  const name = "oidc-provider";
  const program = join(import.meta.dirname, "..", "servers", `${name}.ts`);
  const [certificate, key] = [join(keys, "apiserver.crt"), join(keys, "apiserver.key")];
  return {
    name,
    command: [process.execPath, program, String(ports[name]), certificate, key],
    isReady: answersHttp(`${oidcIssuer}/healthz`),
  };
}

/** Git over HTTP, a Helm repository and an OCI registry: where the engines' sources come from. */
export function sourceServers(layout: Layout): ComponentDefinition[] {
  const { ports, bin, data } = layout;
  const nodeServer = (name: "git-server" | "chart-server", folder: string): ComponentDefinition => ({
    name,
    command: [process.execPath, join(import.meta.dirname, "..", "servers", `${name}.ts`), String(ports[name]), folder],
    isReady: answersHttp(`http://127.0.0.1:${ports[name]}/healthz`),
  });
  return [
    nodeServer("git-server", join(data, "git")),
    nodeServer("chart-server", chartsDirectory(layout)),
    {
      name: "registry",
      command: [join(bin, "sandbox-helper"), "registry", `-address=127.0.0.1:${ports.registry}`],
      isReady: answersHttp(`http://127.0.0.1:${ports.registry}/v2/`),
    },
  ];
}
