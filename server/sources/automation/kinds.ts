import { automationKinds, type AutomationKind } from "#lib/model/automation.ts";
import type { GroupKind } from "#server/kube/store.ts";

const groups: Readonly<Record<AutomationKind, string>> = {
  ImageRepository: "image.toolkit.fluxcd.io",
  ImagePolicy: "image.toolkit.fluxcd.io",
  ImageUpdateAutomation: "image.toolkit.fluxcd.io",
  Alert: "notification.toolkit.fluxcd.io",
  Provider: "notification.toolkit.fluxcd.io",
  Receiver: "notification.toolkit.fluxcd.io",
  FluxInstance: "fluxcd.controlplane.io",
  ResourceSet: "fluxcd.controlplane.io",
  ResourceSetInputProvider: "fluxcd.controlplane.io",
};

/** A kind with its group. */
export function automationGroupKind(kind: AutomationKind): GroupKind & { kind: AutomationKind } {
  return { group: groups[kind], kind };
}

/** All of them, in the order of the page. */
export const automationGroupKinds = automationKinds.map(automationGroupKind);

/** By this annotation the Flux Operator's objects are suspended; they have no `spec.suspend` (flux-operator `api/v1/common_types.go`). */
export const operatorSuspension = "fluxcd.controlplane.io/reconcile";

/** Whether a kind is the Flux Operator's. */
export function isOperators(kind: AutomationKind): boolean {
  return groups[kind] === "fluxcd.controlplane.io";
}

/**
 * Whether nothing is reconciled for a kind: Alerts and Providers are only read when there is something to tell
 * (notification-controller, `v1beta3`).
 */
export function isStatic(kind: AutomationKind): boolean {
  return kind === "Alert" || kind === "Provider";
}
