import { isRecord } from "#lib/diff/json.ts";
import { fields, list, text } from "#lib/model/health/fields.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";

/** One resource of an Application as Argo CD compares it, masked. */
export interface ManagedObject {
  readonly ref: ResourceRef;
  /** As the source says; absent for what waits to be pruned. */
  readonly target?: KubeObject;
  /** What is there; absent when it is missing. */
  readonly live?: KubeObject;
  /** Both sides after Argo CD's own normalisation, ignored differences left out: what the live object would be, and what it is. */
  readonly predicted?: KubeObject;
  readonly normalised?: KubeObject;
}

/**
 * Reads the answer of `/managed-resources`. Argo CD hides the values of Secrets by itself (`+++`); they are masked all the same, as everything that
 * comes in. Source: argo-cd `pkg/apis/application/v1alpha1` ResourceDiff, `controller/appcontroller.go` hideSecretData.
 */
export function readManagedObjects(answer: unknown, masker: Pick<Masker, "maskObject">): ManagedObject[] {
  return list(fields(answer)["items"]).map((item) => {
    const entry = fields(item);
    const read = (name: string): KubeObject | undefined => readObject(entry[name], masker);
    const target = read("targetState");
    const live = read("liveState");
    const predicted = read("predictedLiveState");
    const normalised = read("normalizedLiveState");
    const namespace = text(entry["namespace"]);
    return {
      ref: {
        group: text(entry["group"]),
        kind: text(entry["kind"]),
        ...(namespace !== "" && { namespace }),
        name: text(entry["name"]),
      },
      ...(target && { target }),
      ...(live && { live }),
      ...(predicted && { predicted }),
      ...(normalised && { normalised }),
    };
  });
}

/** A manifest that stands as JSON in an answer; undefined for none (`null`), and for what is no object. Masked. */
export function readObject(json: unknown, masker: Pick<Masker, "maskObject">): KubeObject | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text(json));
  } catch {
    return undefined;
  }
  if (!isRecord(value) || typeof value["apiVersion"] !== "string" || typeof value["kind"] !== "string")
    return undefined;
  if (!isRecord(value["metadata"]) || typeof value["metadata"]["name"] !== "string") return undefined;
  return masker.maskObject(value as unknown as KubeObject);
}
