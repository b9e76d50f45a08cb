import { type Fields, fields, text } from "../fields.ts";
import { byConditions, byWord, type KindRules } from "../rules.ts";
import { type Health, verdict } from "../verdict.ts";

// Storage and backup: Rook, OpenShift Data Foundation, MinIO, NetApp Trident and Astra.

/** https://rook.io/docs/rook/latest-release/CRDs/Cluster/ceph-cluster-crd/: Ceph's own health first, then the operator's state. */
function judgeCephCluster(object: Fields): Health {
  const status = fields(object["status"]);
  const ceph = fields(status["ceph"]);
  const health = text(ceph["health"]);
  if (health === "HEALTH_ERR" || health === "HEALTH_WARN")
    return verdict("Degraded", health, cephDetails(ceph) || text(status["message"]));
  const state = text(status["state"]);
  if (health !== "HEALTH_OK")
    return verdict("Progressing", state, text(status["message"]) || "Waiting for Ceph to report its health");
  if (state === "Error") return verdict("Degraded", state, text(status["message"]));
  return state === "" || state === "Created" || state === "Connected"
    ? verdict("Healthy")
    : verdict("Progressing", state, text(status["message"]));
}

function cephDetails(ceph: Fields): string {
  return Object.values(fields(ceph["details"]))
    .map((detail) => text(fields(detail)["message"]))
    .filter((message) => message !== "")
    .join("; ");
}

/** https://min.io/docs/minio/kubernetes/upstream/: the state is a sentence; the operator stops at these. */
const tenantFailures: ReadonlySet<string> = new Set([
  "Statefulset not controlled by operator",
  "Another MinIO Tenant already exists in the namespace",
  "Tenant credentials are not set properly",
  "Different versions across MinIO Pools",
  "Pool Decommissioning Not Allowed",
]);

function judgeTenant(object: Fields): Health {
  const state = text(fields(object["status"])["currentState"]);
  if (state === "Initialized") return verdict("Healthy");
  return verdict(
    tenantFailures.has(state) ? "Degraded" : "Progressing",
    "",
    state || "Waiting for the operator to report a status",
  );
}

/** https://docs.netapp.com/us-en/trident/: the last operation can fail on a backend that is bound. */
function judgeTridentBackend(object: Fields): Health {
  const { phase, lastOperationStatus, message } = fields(object["status"]);
  if (lastOperationStatus === "Failed") return verdict("Degraded", "Failed", text(message));
  return verdict(
    phase === "Bound" && lastOperationStatus === "Success" ? "Healthy" : "Progressing",
    text(phase),
    text(message),
  );
}

const astraRun = byWord("status.state", { Completed: "Healthy", Running: "Progressing" }, { otherwise: "Degraded" });

function judgeExecHook(object: Fields): Health {
  const { enabled } = fields(object["spec"]);
  if (typeof enabled !== "boolean") return verdict("Progressing");
  return enabled ? verdict("Healthy") : verdict("Suspended", "Disabled");
}

export const storageRules: Readonly<Record<string, KindRules>> = {
  "ceph.rook.io": {
    CephCluster: judgeCephCluster,
    CephObjectStore: byWord("status.phase", { Ready: "Healthy", Failure: "Degraded" }),
  },
  "objectbucket.io": { ObjectBucketClaim: byWord("status.phase", { Bound: "Healthy", Failed: "Degraded" }) },
  "ocs.openshift.io": {
    StorageCluster: byConditions(
      [
        ["Degraded", "True", "Degraded"],
        ["Progressing", "True", "Progressing"],
        ["Available", "True", "Healthy"],
      ],
      "Unknown",
    ),
  },
  "minio.min.io": { Tenant: judgeTenant },
  "trident.netapp.io": {
    TridentBackendConfig: judgeTridentBackend,
    TridentOrchestrator: byWord("status.status", { Installed: "Healthy", Failed: "Degraded", Error: "Degraded" }),
  },
  "astra.netapp.io": {
    AppVault: byWord("status.state", {
      available: "Healthy",
      Available: "Healthy",
      failed: "Degraded",
      Failed: "Degraded",
    }),
    Application: byConditions([
      ["Ready", "True", "Healthy"],
      ["Ready", "False", "Degraded"],
    ]),
    ExecHook: judgeExecHook,
    Schedule: () => verdict("Healthy"),
    Backup: astraRun,
    Snapshot: astraRun,
    ExecHooksRun: astraRun,
    ResourceBackup: astraRun,
    ResticVolumeBackup: astraRun,
  },
};
