import {
  countOf,
  nameOf,
  namespaceOf,
  ownerOf,
  sizes,
  type Fleet,
  type Owner,
  type Manifest,
  type Planned,
} from "./plan.ts";
import { createRandom } from "./random.ts";
import { unitName } from "./unit-name.ts";

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** All Deployments, Services and ConfigMaps, each as the engine of its owner leaves it in the cluster. */
export function* workloads(fleet: Fleet): Iterable<Planned> {
  for (let index = 0; index < countOf(fleet, "workloads"); index += 1) yield* workload(index);
}

function workload(index: number): Planned[] {
  const owner = ownerOf(index);
  const random = createRandom(`status ${index}`);
  return manifestsOf(index).map((manifest) => {
    const object = asApplied(manifest, owner);
    return manifest.kind === "Deployment" ? { object, status: deploymentStatus(manifest, random.next()) } : { object };
  });
}

/** What the owner of the n-th workload has in its source: a Deployment with its Service and ConfigMap. */
export function manifestsOf(index: number): [Manifest, Manifest, Manifest] {
  const random = createRandom(`workload ${index}`);
  const name = nameOf("service", index);
  const metadata = { name, namespace: namespaceOf(index), labels: { "app.kubernetes.io/name": name } };
  const selector = { "app.kubernetes.io/name": name };
  const container = {
    name: "app",
    image: `registry.example.com/${metadata.namespace}/${name}:1.${index % 40}.${Math.floor(random.next() * 30)}`,
    ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
    envFrom: [{ configMapRef: { name } }],
    env: [
      { name: "LOG_LEVEL", value: random.pick(["debug", "info", "warn"]) },
      { name: "POD_NAMESPACE", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } } },
    ],
    resources: {
      requests: { cpu: `${50 * (1 + (index % 8))}m`, memory: `${64 * (1 + (index % 6))}Mi` },
      limits: { memory: `${128 * (1 + (index % 6))}Mi` },
    },
    readinessProbe: { httpGet: { path: "/healthz", port: "http", scheme: "HTTP" }, periodSeconds: 10 },
    livenessProbe: { httpGet: { path: "/livez", port: "http", scheme: "HTTP" }, initialDelaySeconds: 15 },
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
  };
  return [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata,
      spec: {
        replicas: 1 + (index % 3),
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: selector, annotations: { "prometheus.io/scrape": "true", "prometheus.io/port": "8080" } },
          spec: { containers: [container], securityContext: { runAsNonRoot: true } },
        },
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata,
      spec: {
        selector,
        ports: [{ name: "http", port: 80, targetPort: "http" }],
        // For each address that it gives the API server looks through all that it has given: with more than ten thousand it makes five Services a second.
        ...(index >= sizes.workloads && { clusterIP: "None" }),
      },
    },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata,
      data: {
        "application.yaml": Array.from({ length: 8 }, (_, line) => `setting-${line}: ${random.hex(12)}\n`).join(""),
        REGION: random.pick(["eu-central-1", "eu-west-1", "us-east-1"]),
      },
    },
  ];
}

/** The marks that the engine leaves on what it applies. */
function asApplied(manifest: Manifest, owner: Owner): Manifest {
  const { namespace, name } = unitName(owner);
  const { metadata } = manifest;
  switch (owner.engine) {
    case "flux-kustomization":
    case "flux-helmrelease": {
      const group = owner.engine === "flux-helmrelease" ? "helm" : "kustomize";
      const labels = {
        ...metadata.labels,
        [`${group}.toolkit.fluxcd.io/name`]: name,
        [`${group}.toolkit.fluxcd.io/namespace`]: namespace,
      };
      return { ...manifest, metadata: { ...metadata, labels } };
    }
    case "argocd": {
      const [group = ""] = manifest.apiVersion.includes("/") ? manifest.apiVersion.split("/") : [];
      const tracking = `${name}:${group}/${manifest.kind}:${metadata.namespace ?? ""}/${metadata.name}`;
      const annotations = { "argocd.argoproj.io/tracking-id": tracking };
      const applied = { ...manifest, metadata: { ...metadata, annotations } };
      return {
        ...applied,
        metadata: { ...metadata, annotations: { ...annotations, [lastApplied]: `${JSON.stringify(applied)}\n` } },
      };
    }
    case "helm":
      return {
        ...manifest,
        metadata: {
          ...metadata,
          labels: { ...metadata.labels, "app.kubernetes.io/managed-by": "Helm" },
          annotations: { "meta.helm.sh/release-name": name, "meta.helm.sh/release-namespace": namespace },
        },
      };
  }
}

/** What the deployment controller would say; two in a hundred are short of a replica. */
export function deploymentStatus(manifest: Manifest, luck: number): unknown {
  const { replicas } = manifest["spec"] as { replicas: number };
  const ready = luck < 0.02 ? replicas - 1 : replicas;
  const time = "2026-11-20T09:00:00Z";
  const condition = (type: string, ok: boolean, reason: string, message: string): unknown => ({
    type,
    status: ok ? "True" : "False",
    reason,
    message,
    lastTransitionTime: time,
    lastUpdateTime: time,
  });
  return {
    observedGeneration: 1,
    replicas,
    updatedReplicas: replicas,
    readyReplicas: ready,
    availableReplicas: ready,
    ...(ready < replicas && { unavailableReplicas: replicas - ready }),
    conditions: [
      ready < replicas
        ? condition("Available", false, "MinimumReplicasUnavailable", "Deployment does not have minimum availability.")
        : condition("Available", true, "MinimumReplicasAvailable", "Deployment has minimum availability."),
      condition("Progressing", true, "NewReplicaSetAvailable", "ReplicaSet has successfully progressed."),
    ],
  };
}
