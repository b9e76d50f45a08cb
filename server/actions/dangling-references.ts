import { getIn, isRecord } from "#lib/diff/json.ts";
import { refOf } from "#lib/diff/manifest-object.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { formatRef } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { AppliedObject } from "./apply-preview.ts";

/** Where a pod names another object: the field that holds the reference, the field in it, and the kind that it names. */
const references: readonly (readonly [holder: string, field: string, kind: string])[] = [
  ["configMap", "name", "ConfigMap"],
  ["configMapRef", "name", "ConfigMap"],
  ["configMapKeyRef", "name", "ConfigMap"],
  ["secret", "secretName", "Secret"],
  ["secretRef", "name", "Secret"],
  ["secretKeyRef", "name", "Secret"],
  ["persistentVolumeClaim", "claimName", "PersistentVolumeClaim"],
];

/**
 * Warnings for workloads that go on naming what is deleted: their pods would not start. It happens without anybody's fault to service accounts:
 * Kubernetes puts a removed `serviceAccountName` back from the older field `serviceAccount` (core/v1 conversion of PodSpec).
 */
export function danglingReferences(results: readonly AppliedObject[], deleted: readonly DiffObject[]): string[] {
  return results.flatMap((result) => {
    const { applied } = result;
    const names = namedBy(result);
    return deleted
      .filter(
        ({ ref }) => ref.group === "" && ref.namespace === applied.metadata.namespace && names.has(formatRef(ref)),
      )
      .map(
        ({ ref }) =>
          `${formatRef(refOf(applied))} goes on naming ${formatRef(ref)}, which is deleted: its pods will not start until that is mended.`,
      );
  });
}

function namedBy({ applied, live }: AppliedObject): Set<string> {
  const pod = podSpec(applied);
  const names = new Set<string>();
  if (pod === undefined) return names;
  const account = getIn(pod, "serviceAccountName") ?? getIn(live && podSpec(live), "serviceAccountName");
  if (typeof account === "string") names.add(`ServiceAccount/${account}`);
  collect(pod, names);
  return names;
}

function collect(value: unknown, names: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, names);
  if (!isRecord(value)) return;
  for (const [holder, field, kind] of references) {
    const name =
      value[holder] === undefined || getIn(value, holder, "optional") === true
        ? undefined
        : getIn(value, holder, field);
    if (typeof name === "string") names.add(`${kind}/${name}`);
  }
  for (const item of Object.values(value)) collect(item, names);
}

function podSpec(object: KubeObject): unknown {
  return (
    getIn(object, "spec", "template", "spec") ??
    getIn(object, "spec", "jobTemplate", "spec", "template", "spec") ??
    (object.kind === "Pod" ? object["spec"] : undefined)
  );
}
