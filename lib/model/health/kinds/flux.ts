import { conditionsOf, type Fields, fields, findCondition, text } from "../fields.ts";
import { byConditions, type KindRules, lag, unlessSuspended } from "../rules.ts";
import { because, type Health, verdict } from "../verdict.ts";

// Flux: https://fluxcd.io/flux/components/ (each kind's "Status"). Ready says how the last attempt went; a first or new
// attempt is Reconciling with Ready Unknown, and one that keeps failing is Reconciling with Ready False.

function judgeFlux(object: Fields): Health {
  const conditions = conditionsOf(object);
  const ready = findCondition(conditions, "Ready");
  if (ready === undefined) return verdict("Progressing", "", "Waiting for Flux to reconcile it");
  // Ready may still be of the last generation.
  if (ready["status"] === "True") return lag(object) ?? because("Healthy", ready);
  const reconciling = findCondition(conditions, "Reconciling");
  const stalled = findCondition(conditions, "Stalled");
  if (stalled?.["status"] === "True") return because("Degraded", stalled);
  if (ready["status"] === "Unknown" && reconciling?.["status"] === "True") return because("Progressing", ready);
  return because("Degraded", ready);
}

/** What `spec.dependsOn` names is not ready yet: the object waits its turn, and that is no failure of its own. */
function judgeDependent(object: Fields): Health {
  const ready = findCondition(conditionsOf(object), "Ready");
  return ready?.["status"] === "False" && ready["reason"] === "DependencyNotReady"
    ? because("Progressing", ready)
    : judgeFlux(object);
}

/** A source must have its artifact in storage besides being Ready. */
function judgeSource(object: Fields): Health {
  const health = judgeFlux(object);
  if (health.status !== "Healthy") return health;
  const artifact = findCondition(conditionsOf(object), "ArtifactInStorage");
  return artifact?.["status"] === "True" ? health : because("Degraded", artifact);
}

// An OCI Helm repository is only an address: Flux writes no status (https://fluxcd.io/flux/components/source/helmrepositories/).
function judgeHelmRepository(object: Fields): Health {
  return fields(object["spec"])["type"] === "oci"
    ? verdict("Healthy", "", "An OCI repository has no status")
    : judgeSource(object);
}

const scans: ReadonlySet<string> = new Set(["NewGeneration", "Scanning", "AccessingRepository", "ApplyingPolicy"]);

/** The image controllers say that they work by the reason of Reconciling; Ready is False meanwhile. */
function judgeImage(object: Fields): Health {
  const reconciling = findCondition(conditionsOf(object), "Reconciling");
  const works = reconciling?.["status"] === "True" && scans.has(text(reconciling["reason"]));
  const health = judgeFlux(object);
  return works && health.status === "Degraded" ? because("Progressing", reconciling) : health;
}

const source = unlessSuspended("spec.suspend", judgeSource);
const dependent = unlessSuspended("spec.suspend", judgeDependent);
const reconciled = unlessSuspended("spec.suspend", judgeFlux);

export const fluxRules: Readonly<Record<string, KindRules>> = {
  "source.toolkit.fluxcd.io": {
    GitRepository: source,
    OCIRepository: source,
    Bucket: source,
    HelmChart: source,
    HelmRepository: unlessSuspended("spec.suspend", judgeHelmRepository),
    ExternalArtifact: reconciled,
  },
  "source.extensions.fluxcd.io": { ArtifactGenerator: reconciled },
  "kustomize.toolkit.fluxcd.io": { Kustomization: dependent },
  "helm.toolkit.fluxcd.io": { HelmRelease: dependent },
  "image.toolkit.fluxcd.io": {
    ImagePolicy: unlessSuspended("spec.suspend", judgeImage),
    ImageRepository: unlessSuspended("spec.suspend", judgeImage),
    ImageUpdateAutomation: reconciled,
  },
  "notification.toolkit.fluxcd.io": {
    Receiver: reconciled,
    // Since v1beta3 they are plain configuration without a status.
    Alert: unlessSuspended("spec.suspend", byConditions([["Ready", "False", "Degraded"]], "Healthy")),
    Provider: unlessSuspended("spec.suspend", byConditions([["Ready", "False", "Degraded"]], "Healthy")),
  },
  "fluxcd.controlplane.io": {
    FluxInstance: judgeFlux,
    ResourceSet: judgeDependent,
    ResourceSetInputProvider: judgeFlux,
    FluxReport: byConditions([["Ready", "False", "Degraded"]], "Healthy"),
  },
};
