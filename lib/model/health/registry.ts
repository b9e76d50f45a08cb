import { builtInRules } from "./builtin.ts";
import { argoRules } from "./kinds/argo.ts";
import { backupRules } from "./kinds/backups.ts";
import { batchRules } from "./kinds/batch.ts";
import { cloudDomainRules, cloudRules } from "./kinds/clouds.ts";
import { clusterRules } from "./kinds/clusters.ts";
import { databaseRules } from "./kinds/databases.ts";
import { elasticRules } from "./kinds/elastic.ts";
import { fluxRules } from "./kinds/flux.ts";
import { gatewayRules } from "./kinds/gateway.ts";
import { keptnRules } from "./kinds/keptn.ts";
import { knativeRules } from "./kinds/knative.ts";
import { kruiseRules } from "./kinds/kruise.ts";
import { kubevirtRules } from "./kinds/kubevirt.ts";
import { meshRules } from "./kinds/mesh.ts";
import { messagingRules } from "./kinds/messaging.ts";
import { moreDatabaseRules } from "./kinds/more-databases.ts";
import { numaprojRules } from "./kinds/numaproj.ts";
import { observabilityRules } from "./kinds/observability.ts";
import { openshiftRules } from "./kinds/openshift.ts";
import { otherRules } from "./kinds/others.ts";
import { platformRules } from "./kinds/platforms.ts";
import { promoterRules } from "./kinds/promoter.ts";
import { secretRules } from "./kinds/secrets.ts";
import { storageRules } from "./kinds/storage.ts";
import { threescaleRules } from "./kinds/threescale.ts";
import type { KindRule, KindRules } from "./rules.ts";

const ecosystems: ReadonlyArray<Readonly<Record<string, KindRules>>> = [
  builtInRules,
  argoRules,
  backupRules,
  batchRules,
  cloudRules,
  clusterRules,
  databaseRules,
  elasticRules,
  fluxRules,
  gatewayRules,
  keptnRules,
  knativeRules,
  kruiseRules,
  kubevirtRules,
  meshRules,
  messagingRules,
  moreDatabaseRules,
  numaprojRules,
  observabilityRules,
  openshiftRules,
  otherRules,
  platformRules,
  promoterRules,
  secretRules,
  storageRules,
  threescaleRules,
];

const groups = new Map<string, Map<string, KindRule>>();
for (const ecosystem of ecosystems) {
  for (const [group, kinds] of Object.entries(ecosystem)) {
    const known = groups.get(group) ?? new Map<string, KindRule>();
    groups.set(group, known);
    for (const [kind, rule] of Object.entries(kinds)) known.set(kind, rule);
  }
}

/**
 * Argo CD's rule for a kind: the kind's own, else its group's, else that of its domain; undefined if there is none.
 * What the rules say follows argoproj/argo-cd `resource_customizations` (Apache-2.0) and each project's own documentation.
 */
export function argoRuleFor(group: string, kind: string): KindRule | undefined {
  const kinds = groups.get(group);
  const rule = kinds?.get(kind) ?? kinds?.get("*");
  if (rule !== undefined) return rule;
  for (const [domain, domainRule] of cloudDomainRules) if (group.endsWith(domain)) return domainRule;
  return undefined;
}
