import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { ComponentDefinition } from "../process/component.ts";
import { acceptsConnections, answersHttp } from "../process/ready.ts";
import type { Layout } from "./layout.ts";
import type { KubernetesObject } from "./resource-path.ts";

/** KWOK plays the kubelet: its stages say what becomes of nodes, pods and volumes. */
export function kwok({ ports, bin, data, adminKubeconfig }: Layout): ComponentDefinition {
  return {
    name: "kwok",
    command: [
      join(bin, "kwok"),
      `--kubeconfig=${adminKubeconfig}`,
      "--manage-all-nodes=true",
      `--config=${join(data, "kwok.yaml")}`,
      "--node-ip=127.0.0.1",
      // Where the API server asks for logs: KWOK has one log for each name, `pod-logs` one for each pod.
      `--node-port=${ports["pod-logs"]}`,
      `--server-address=127.0.0.1:${ports.kwok}`,
    ],
    isReady: answersHttp(`http://127.0.0.1:${ports.kwok}/healthz`),
  };
}

/** Writes KWOK's configuration: all stages in one file. Must be there before it starts. */
export async function writeKwokConfiguration({ data }: Layout): Promise<void> {
  const folder = join(import.meta.dirname, "stages");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).toSorted();
  const stages = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  await writeFile(join(data, "kwok.yaml"), stages.join("\n---\n"));
}

/** The kubelet's part for `kubectl logs`. */
export function podLogs({ ports, keys, apiServerUrl }: Layout): ComponentDefinition {
  const port = ports["pod-logs"];
  const program = join(import.meta.dirname, "..", "servers", "pod-logs.ts");
  return {
    name: "pod-logs",
    command: [process.execPath, program, String(port), keys, apiServerUrl],
    isReady: acceptsConnections(port),
  };
}

/** Nodes with room for the scenario, and the storage class whose claims KWOK binds. */
export function nodeObjects(): KubernetesObject[] {
  const capacity = { cpu: "16", memory: "64Gi", pods: "250", "ephemeral-storage": "200Gi" };
  const nodes = ["node-1", "node-2", "node-3"].map((name, i) => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        "topology.kubernetes.io/zone": `zone-${"abc"[i]}`,
      },
    },
    status: { capacity, allocatable: capacity },
  }));
  const storage = {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "kwok-volume", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    provisioner: "kwok.x-k8s.io/volume",
    reclaimPolicy: "Delete",
    volumeBindingMode: "Immediate",
  };
  return [...nodes, storage];
}
