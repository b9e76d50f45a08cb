import type { HealthStatus } from "../../health-status.ts";
import { type Fields, fields, text } from "../fields.ts";
import { byConditions, byWord, type KindRules, onceObserved } from "../rules.ts";
import { type Health, verdict } from "../verdict.ts";

// Meshes and their gateways before Gateway API: Contour, Gloo, Istio, Kiali.

const valid = onceObserved(
  byConditions([
    ["Valid", "True", "Healthy"],
    ["Valid", "False", "Degraded"],
  ]),
);

// https://docs.solo.io/gloo-edge/latest/guides/observability/: "Pending" has not been validated, by its number in old versions.
function judgeGloo(object: Fields): Health {
  const status = fields(object["status"]);
  let last = verdict("Progressing", "", "Waiting for Gloo to report a status");
  for (const each of [...Object.values(fields(status["statuses"])), status]) {
    const said = fields(each);
    last = glooState(said["state"], text(said["reason"])) ?? last;
    if (last.status !== "Progressing") return last;
  }
  return last;
}

function glooState(state: unknown, reason: string): Health | undefined {
  if (state === "Accepted" || state === 1) return verdict("Healthy", "Accepted");
  if (state === "Pending" || state === 0)
    return verdict("Suspended", "Pending", reason || "It has not been validated yet");
  if (state === "Rejected" || state === 2) return verdict("Degraded", "Rejected", reason);
  return state === "Warning" || state === 3 ? verdict("Degraded", "Warning", reason) : undefined;
}

/** https://istio.io/latest/docs/reference/config/istio.operator.v1alpha1/#InstallStatus: words, numbers in old versions. */
const istioWords: Readonly<Record<string, HealthStatus>> = {
  NONE: "Unknown",
  UPDATING: "Progressing",
  RECONCILING: "Progressing",
  HEALTHY: "Healthy",
  ERROR: "Degraded",
  0: "Unknown",
  1: "Progressing",
  2: "Progressing",
  3: "Healthy",
  4: "Degraded",
};

/** https://docs.kiali.io/: the operator reports its playbook's run. */
const kiali = byConditions([
  ["Failure", "True", "Degraded"],
  ["Running", "*", "Progressing", ["Running"]],
  ["Successful", "True", "Healthy"],
]);

export const meshRules: Readonly<Record<string, KindRules>> = {
  "projectcontour.io": { HTTPProxy: valid, ExtensionService: valid },
  "gloo.solo.io": { Proxy: judgeGloo, Settings: judgeGloo, Upstream: judgeGloo, UpstreamGroup: judgeGloo },
  "gateway.solo.io": {
    Gateway: judgeGloo,
    MatchableHttpGateway: judgeGloo,
    RouteOption: judgeGloo,
    RouteTable: judgeGloo,
    VirtualHostOption: judgeGloo,
    VirtualService: judgeGloo,
  },
  "install.istio.io": { IstioOperator: byWord("status.status", istioWords) },
  "kiali.io": { Kiali: kiali },
};
