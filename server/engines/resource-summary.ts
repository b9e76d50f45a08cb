import { at, count, type Fields, fields, list, text } from "#lib/model/health/fields.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import type { StoredObject } from "#server/kube/store.ts";

type Summarise = (spec: Fields, status: Fields, object: Fields) => (string | undefined)[];

const fluxSource: Summarise = (spec, status) => [
  shown(text(fields(status["artifact"])["revision"])),
  text(spec["url"]) || undefined,
];

const byKind = new Map<string, Summarise>([
  [
    "apps/Deployment",
    (spec, status) => [ready(count(status["readyReplicas"]), count(spec["replicas"], 1)), images(spec)],
  ],
  [
    "apps/StatefulSet",
    (spec, status) => [ready(count(status["readyReplicas"]), count(spec["replicas"], 1)), images(spec)],
  ],
  [
    "apps/ReplicaSet",
    (spec, status) => [ready(count(status["readyReplicas"]), count(spec["replicas"], 1)), images(spec)],
  ],
  [
    "apps/DaemonSet",
    (spec, status) => [ready(count(status["numberReady"]), count(status["desiredNumberScheduled"])), images(spec)],
  ],
  [
    "batch/CronJob",
    (spec) => [
      text(spec["schedule"]),
      text(spec["timeZone"]) || undefined,
      spec["suspend"] === true ? "suspended" : undefined,
      images(spec),
    ],
  ],
  [
    "batch/Job",
    (spec, status) => [`${count(status["succeeded"])}/${count(spec["completions"], 1)} completed`, images(spec)],
  ],
  ["/Pod", pod],
  ["/Service", service],
  ["/ConfigMap", (_spec, _status, object) => [keys(object["data"], object["binaryData"])]],
  [
    "/Secret",
    (_spec, _status, object) => [
      text(object["type"]) === "Opaque" ? undefined : text(object["type"]) || undefined,
      keys(object["data"]),
    ],
  ],
  [
    "/PersistentVolumeClaim",
    (spec, status) => [
      text(at(status, ["capacity", "storage"])) || text(at(spec, ["resources", "requests", "storage"])) || undefined,
      text(spec["storageClassName"]) || undefined,
    ],
  ],
  ["networking.k8s.io/Ingress", (spec) => [join(list(spec["rules"]).map((rule) => text(fields(rule)["host"]) || "*"))]],
  ["gateway.networking.k8s.io/HTTPRoute", (spec) => [join(list(spec["hostnames"]).map(text))]],
  ["autoscaling/HorizontalPodAutoscaler", autoscaler],
  ["policy/PodDisruptionBudget", (spec) => [budget(spec)]],
  ["source.toolkit.fluxcd.io/GitRepository", fluxSource],
  ["source.toolkit.fluxcd.io/OCIRepository", fluxSource],
  ["source.toolkit.fluxcd.io/HelmRepository", (spec) => [text(spec["url"]) || undefined]],
  [
    "source.toolkit.fluxcd.io/HelmChart",
    (spec, status) => [text(spec["chart"]), shown(text(fields(status["artifact"])["revision"]))],
  ],
  [
    "kustomize.toolkit.fluxcd.io/Kustomization",
    (spec, status) => [text(spec["path"]) || undefined, shown(text(status["lastAppliedRevision"]))],
  ],
  [
    "helm.toolkit.fluxcd.io/HelmRelease",
    (_spec, status) => [shown(text(fields(list(status["history"])[0])["chartVersion"]))],
  ],
  [
    "argoproj.io/Application",
    (_spec, status) => [
      text(at(status, ["sync", "status"])) || undefined,
      shown(text(at(status, ["sync", "revision"]))),
    ],
  ],
]);

/** What a person looks for first in an object: "2/3 ready · backend:1.4.2", a host, a port, a schedule. Undefined for kinds that have none. */
export function summarise({ ref, object }: StoredObject): string | undefined {
  const summariser = byKind.get(`${ref.group}/${ref.kind}`);
  if (summariser === undefined) return undefined;
  const parts = summariser(fields(object["spec"]), fields(object["status"]), object).filter(
    (part) => part !== undefined && part !== "",
  );
  return parts.length === 0 ? undefined : parts.join(" · ");
}

/** `registry.example.com:5000/team/backend:1.4.2@sha256:…` as `backend:1.4.2`. */
export function shortImage(image: string): string {
  const last = image.slice(image.lastIndexOf("/") + 1);
  const [name = last, digest] = last.split("@");
  if (digest === undefined) return name;
  return name.includes(":") ? name : `${name}@${shortRevision(digest)}`;
}

/** The images of a workload's Pod template (a CronJob's is in its Job template), short, each once. */
export function imagesOf(spec: Fields): string[] {
  const podSpec = fields(at(spec, ["template", "spec"]) ?? at(spec, ["jobTemplate", "spec", "template", "spec"]));
  return [
    ...new Set(list(podSpec["containers"]).map((container) => shortImage(text(fields(container)["image"])))),
  ].filter((image) => image !== "");
}

function ready(have: number, want: number): string {
  return `${have}/${want} ready`;
}

function images(spec: Fields): string | undefined {
  return join(imagesOf(spec));
}

function shown(revision: string): string | undefined {
  return revision === "" ? undefined : shortRevision(revision);
}

function join(parts: readonly string[], limit = 3): string | undefined {
  const named = parts.filter((part) => part !== "");
  if (named.length === 0) return undefined;
  const rest = named.length - limit;
  return rest > 0 ? `${named.slice(0, limit).join(", ")} and ${rest} more` : named.join(", ");
}

function keys(...maps: readonly unknown[]): string | undefined {
  const total = maps.reduce<number>((sum, map) => sum + Object.keys(fields(map)).length, 0);
  return total === 0 ? undefined : `${total} ${total === 1 ? "key" : "keys"}`;
}

function pod(_spec: Fields, status: Fields): (string | undefined)[] {
  const containers = list(status["containerStatuses"]).map(fields);
  const restarts = containers.reduce((sum, container) => sum + count(container["restartCount"]), 0);
  const up = containers.filter((container) => container["ready"] === true).length;
  return [
    text(status["phase"]) || undefined,
    containers.length > 0 ? ready(up, containers.length) : undefined,
    restarts > 0 ? `${restarts} ${restarts === 1 ? "restart" : "restarts"}` : undefined,
  ];
}

function service(spec: Fields, status: Fields): (string | undefined)[] {
  const ports = list(spec["ports"]).map((entry) => {
    const port = fields(entry);
    const protocol = text(port["protocol"]);
    return `${count(port["port"])}${protocol === "" || protocol === "TCP" ? "" : `/${protocol}`}`;
  });
  const ingress = fields(list(at(status, ["loadBalancer", "ingress"]))[0]);
  return [
    text(spec["type"]) || "ClusterIP",
    join(ports),
    text(ingress["hostname"]) || text(ingress["ip"]) || undefined,
  ];
}

function autoscaler(spec: Fields, status: Fields): (string | undefined)[] {
  const target = fields(spec["scaleTargetRef"]);
  return [
    `${text(target["kind"])}/${text(target["name"])}`,
    `${count(status["currentReplicas"])} of ${count(spec["minReplicas"], 1)}–${count(spec["maxReplicas"])} replicas`,
  ];
}

function budget(spec: Fields): string | undefined {
  for (const [field, label] of [
    ["minAvailable", "at least"],
    ["maxUnavailable", "at most"],
  ] as const) {
    const value = spec[field];
    if (typeof value === "number" || typeof value === "string")
      return `${label} ${value} ${field === "minAvailable" ? "available" : "unavailable"}`;
  }
  return undefined;
}
