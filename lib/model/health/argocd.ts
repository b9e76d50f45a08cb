import { type Fields, fields, groupOf, list, text } from "./fields.ts";
import { judgeGenerally } from "./generic.ts";
import { argoRuleFor } from "./registry.ts";
import { type Health, verdict } from "./verdict.ts";

const hookFinalizer = "argocd.argoproj.io/hook-finalizer";

/**
 * Health by Argo CD's rules. Deletion comes first, but for a hook that Argo CD keeps until its sync is done; then the
 * kind's rule; a kind that Argo CD has no rule for is judged by what controllers have in common.
 * Source: argoproj/argo-cd `gitops-engine/pkg/health/health.go`.
 */
export function judgeByArgoCd(object: Fields): Health {
  const metadata = fields(object["metadata"]);
  if (text(metadata["deletionTimestamp"]) !== "" && !list(metadata["finalizers"]).includes(hookFinalizer)) {
    return verdict("Progressing", "PendingDeletion", "Pending deletion");
  }
  return argoRuleFor(groupOf(object), text(object["kind"]))?.(object) ?? judgeGenerally(object);
}
