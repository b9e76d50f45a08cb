import type { LiveResource } from "#lib/api/resource-contract.ts";
import { count, fields, list, text } from "#lib/model/health/fields.ts";
import type { KubeObject } from "#server/kube/object.ts";

type Container = NonNullable<LiveResource["containers"]>[number];

/** What people look for first in a live object: conditions, a Pod's containers, how many replicas. Of a masked object. */
export function liveFacts(object: KubeObject): Pick<LiveResource, "conditions" | "containers" | "replicas"> {
  const { replicas } = fields(object["spec"]);
  const conditions = conditionsOf(object);
  return {
    ...(conditions.length > 0 && { conditions }),
    ...(object.kind === "Pod" && object.apiVersion === "v1" && { containers: containersOf(object) }),
    ...(typeof replicas === "number" && Number.isInteger(replicas) && replicas >= 0 && { replicas }),
  };
}

function conditionsOf(object: KubeObject): NonNullable<LiveResource["conditions"]> {
  return list(fields(object["status"])["conditions"])
    .flatMap((raw) => {
      const condition = fields(raw);
      const type = text(condition["type"]);
      if (type === "") return [];
      const [reason, message, since] = [
        text(condition["reason"]),
        text(condition["message"]),
        text(condition["lastTransitionTime"]),
      ];
      return [
        {
          type,
          status: text(condition["status"]),
          ...(reason !== "" && { reason }),
          ...(message !== "" && { message }),
          ...(since !== "" && { lastTransitionTime: since }),
        },
      ];
    })
    .sort((a, b) => ((b.lastTransitionTime ?? "") < (a.lastTransitionTime ?? "") ? -1 : 1));
}

function containersOf(pod: KubeObject): Container[] {
  const spec = fields(pod["spec"]);
  const status = fields(pod["status"]);
  const of = (type: Container["type"], key: string, statusKey: string): Container[] => {
    const statuses = new Map(list(status[statusKey]).map((raw) => [text(fields(raw)["name"]), fields(raw)]));
    return list(spec[key]).flatMap((raw) => {
      const name = text(fields(raw)["name"]);
      const known = statuses.get(name);
      return name === ""
        ? []
        : [{ name, type, state: stateOf(fields(known?.["state"])), restarts: count(known?.["restartCount"]) }];
    });
  };
  return [
    ...of("init", "initContainers", "initContainerStatuses"),
    ...of("app", "containers", "containerStatuses"),
    ...of("ephemeral", "ephemeralContainers", "ephemeralContainerStatuses"),
  ];
}

function stateOf(state: Readonly<Record<string, unknown>>): string {
  if (state["running"] !== undefined) return "running";
  const waiting = text(fields(state["waiting"])["reason"]);
  if (state["waiting"] !== undefined) return waiting === "" ? "waiting" : `waiting: ${waiting}`;
  if (state["terminated"] === undefined) return "not started";
  const { reason, exitCode } = fields(state["terminated"]);
  return `ended: ${[text(reason), `exit ${count(exitCode)}`].filter(Boolean).join(", ")}`;
}
