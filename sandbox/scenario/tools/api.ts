import { readFileSync } from "node:fs";
import { parse, parseAllDocuments } from "yaml";
import { KubeClient } from "../../cluster/kube-client.ts";
import { type KubernetesObject, resourcePath } from "../../cluster/resource-path.ts";
import type { SandboxContext } from "../../context.ts";
import type { KubeObject } from "./objects.ts";

/** The parts of the sandbox's own kubeconfig, which holds everything inline. */
interface Kubeconfig {
  readonly clusters: readonly { readonly cluster: { readonly "certificate-authority-data": string } }[];
  readonly users: readonly {
    readonly user: { readonly "client-certificate-data": string; readonly "client-key-data": string };
  }[];
}

const clients = new Map<string, KubeClient>();

/** A client with the sandbox's certificate, for what no person does with kubectl: waiting, and bootstrapping engines. */
function client(context: SandboxContext): KubeClient {
  const known = clients.get(context.apiServerUrl);
  if (known !== undefined) return known;
  const { clusters, users } = parse(readFileSync(context.adminKubeconfig, "utf8")) as Kubeconfig;
  const decode = (text: string | undefined): Buffer => Buffer.from(text ?? "", "base64");
  const opened = new KubeClient(context.apiServerUrl, {
    ca: decode(clusters[0]?.cluster["certificate-authority-data"]),
    cert: decode(users[0]?.user["client-certificate-data"]),
    key: decode(users[0]?.user["client-key-data"]),
  });
  clients.set(context.apiServerUrl, opened);
  return opened;
}

/** All objects at a collection's path, such as `/apis/apps/v1/deployments`. */
export async function list(context: SandboxContext, path: string): Promise<KubeObject[]> {
  const { kind, apiVersion, items } = (await client(context).send("GET", path)) as {
    kind: string;
    apiVersion: string;
    items: readonly Omit<KubeObject, "kind" | "apiVersion">[];
  };
  // Built-in kinds leave it out in lists.
  const itemKind = kind.replace(/List$/, "");
  return items.map((item) => ({ ...item, kind: itemKind, apiVersion }) as KubeObject);
}

/** Applies all documents of some files, server-side and as `manager`, one after the other in their order. */
export async function apply(context: SandboxContext, files: readonly string[], manager: string): Promise<void> {
  for (const file of files) {
    for (const document of parseAllDocuments(readFileSync(file, "utf8"))) {
      const object = document.toJS() as KubernetesObject;
      const path = `${resourcePath(object)}?fieldManager=${manager}&force=true`;
      await client(context).send("PATCH", path, object, "application/apply-patch+yaml");
    }
  }
}

/** What of an object's address a merge patch needs. */
export type Address = Pick<KubernetesObject, "apiVersion" | "kind" | "metadata">;

/** Merges `patch` into an object, as `manager`. */
export async function merge(context: SandboxContext, object: Address, patch: unknown, manager: string): Promise<void> {
  await client(context).send(
    "PATCH",
    `${resourcePath(object)}?fieldManager=${manager}`,
    patch,
    "application/merge-patch+json",
  );
}
