/** One rollout of one workload, as `kubectl rollout undo KIND/NAME --to-revision=REVISION` names it. */
export interface Rollout {
  readonly kind: "Deployment" | "StatefulSet" | "DaemonSet";
  readonly name: string;
  readonly revision: number;
}

/** The id of a rollout: `Deployment/landing-page/3`. */
export function formatRolloutId({ kind, name, revision }: Rollout): string {
  return `${kind}/${name}/${revision}`;
}

/** Reads {@link formatRolloutId} back; undefined when it is not one. */
export function parseRolloutId(id: string): Rollout | undefined {
  const [kind, name, revision, ...rest] = id.split("/");
  const number = Number(revision);
  if (
    (kind !== "Deployment" && kind !== "StatefulSet" && kind !== "DaemonSet") ||
    name === undefined ||
    name === "" ||
    rest.length > 0 ||
    !Number.isInteger(number) ||
    number < 1
  )
    return undefined;
  return { kind, name, revision: number };
}
