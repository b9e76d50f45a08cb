import { conditionsOf, type Fields, fields, text } from "../fields.ts";
import { byConditions, type KindRules, readyOrDegraded } from "../rules.ts";
import { because, type Health, verdict } from "../verdict.ts";

// Secrets and certificates: External Secrets, cert-manager, Sealed Secrets, 1Password.

/**
 * https://external-secrets.io/latest/api/clusterexternalsecret/: some namespaces may lack the secret. Old versions
 * append a condition for each change, so the last one tells.
 */
function judgeClusterExternalSecret(object: Fields): Health {
  const last = fields(conditionsOf(object).at(-1));
  if (last["status"] === "True" && last["type"] === "Ready") return because("Healthy", last);
  const failed = last["status"] === "True" && (last["type"] === "NotReady" || last["type"] === "PartiallyReady");
  if (failed || (last["type"] === "Ready" && last["status"] === "False")) return because("Degraded", last);
  return verdict("Progressing", "", "Waiting for the secrets to be created");
}

/** The archived godaddy/kubernetes-external-secrets: a word, or "ERROR, " and the provider's answer. */
function judgeOldExternalSecret(object: Fields): Health {
  const said = text(fields(object["status"])["status"]);
  if (said === "SUCCESS") return verdict("Healthy");
  return said.startsWith("ERROR")
    ? verdict("Degraded", "Error", said.slice("ERROR, ".length))
    : verdict("Progressing", "", "Waiting for the secret to be fetched");
}

/** https://cert-manager.io/docs/usage/certificate/: while Issuing is True a new certificate is on its way. */
const certificate = byConditions([
  ["Issuing", "True", "Progressing"],
  ["Ready", "False", "Degraded"],
  ["Ready", "True", "Healthy"],
]);

export const secretRules: Readonly<Record<string, KindRules>> = {
  "external-secrets.io": {
    ClusterExternalSecret: judgeClusterExternalSecret,
    ExternalSecret: readyOrDegraded,
    PushSecret: readyOrDegraded,
    SecretStore: readyOrDegraded,
    ClusterSecretStore: readyOrDegraded,
  },
  "kubernetes-client.io": { ExternalSecret: judgeOldExternalSecret },
  "cert-manager.io": { Certificate: certificate, Issuer: readyOrDegraded, ClusterIssuer: readyOrDegraded },
  "certmanager.k8s.io": { Certificate: readyOrDegraded, Issuer: readyOrDegraded },
  "bitnami.com": {
    SealedSecret: byConditions([
      ["Synced", "False", "Degraded"],
      ["Synced", "True", "Healthy"],
    ]),
  },
  "onepassword.com": { OnePasswordItem: readyOrDegraded },
  "networking.gke.io": { ManagedCertificate: judgeManagedCertificate },
};

function judgeManagedCertificate(object: Fields): Health {
  const status = fields(object["status"]);
  for (const entry of Array.isArray(status["domainStatus"]) ? status["domainStatus"] : []) {
    const domain = fields(entry);
    if (domain["status"] === "FailedNotVisible")
      return verdict("Degraded", "FailedNotVisible", `${text(domain["domain"])} does not point at the load balancer`);
  }
  const state = text(status["certificateStatus"]);
  return state === "Active" ? verdict("Healthy") : verdict("Progressing", state, "Waiting for the certificate");
}
