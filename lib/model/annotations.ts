/*
 * What Driftglass writes on a cluster's objects goes by names of one domain, so that an operator can look for it, let a policy speak of it, or clear it
 * away. The names are kept from version to version (docs/upgrade.md).
 */

/** The domain of all annotations, labels and Secret types of Driftglass. */
export const annotationDomain = "driftglass.io";

/** Where a hold is kept on the unit itself: `{"by","at","revision","from"}` as JSON. */
export const holdAnnotation = `${annotationDomain}/hold`;

/** On a pinned source: its `spec.ref` as it was before, as JSON; `null` when it had none. */
export const originalRefAnnotation = `${annotationDomain}/original-ref`;

/** On a pinned source: the Kustomization (`namespace/name`) for which it is held. */
export const heldForAnnotation = `${annotationDomain}/held-for`;

/** On a Flux object that is suspended so that a pin stays: the Kustomization (`namespace/name`) for which. */
export const suspendedForAnnotation = `${annotationDomain}/suspended-for`;

/** On an Argo CD Application: the settings of auto-sync while it is off, so that they come back exactly as they were. */
export const autoSyncAnnotation = `${annotationDomain}/auto-sync`;

/** What is kept of managed fields on ingest: who applied an object, or that kubectl wrote it. Never written to a cluster. */
export const managersAnnotation = `${annotationDomain}/managers`;

/** On the Kubernetes Event about an action: what its fields have no room for. */
export const auditAnnotations = {
  unit: `${annotationDomain}/unit`,
  action: `${annotationDomain}/action`,
  by: `${annotationDomain}/by`,
  at: `${annotationDomain}/at`,
  result: `${annotationDomain}/result`,
  from: `${annotationDomain}/from`,
  to: `${annotationDomain}/to`,
  reason: `${annotationDomain}/reason`,
  owner: `${annotationDomain}/owner`,
} as const;

/** The type of the Secrets that hold recorded releases, by which people and tools tell them from others. */
export const recordSecretType = `${annotationDomain}/recorded-release.v1`;

/** The type of the Secret that holds the key with which records' values are masked. */
export const maskKeySecretType = `${annotationDomain}/mask-key.v1`;

/** The label of a recorded release's Secret: whose it is. */
export const recordUnitLabel = `${annotationDomain}/application`;

/** The annotation of a recorded release's Secret: what lists need of it, as JSON. */
export const recordHeadAnnotation = `${annotationDomain}/record`;

/** The type of the Secrets that hold sessions which replicas have in common; sealed. */
export const sessionSecretType = `${annotationDomain}/session.v1`;

/** The label of such a Secret. */
export const sessionLabel = `${annotationDomain}/session`;

/** The annotation of such a Secret: what replicas need of it without its cookie; sealed. */
export const sessionHeadAnnotation = `${annotationDomain}/session-head`;
