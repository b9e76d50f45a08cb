import type { ApplicationRef, Source } from "#lib/model/application.ts";
import { desiredInventory } from "../common/desired-inventory.ts";
import { readHold } from "../common/hold.ts";
import { reasonsOf, unjudgedDrift } from "../common/row.ts";
import type { ReadContext, Reading } from "../engine.ts";
import { managedBy } from "../managed-by.ts";
import { rollUp } from "../roll-up.ts";
import { failedHook, hookInventory } from "./hooks.ts";
import { desiredKeyOf, findRelease } from "./kind.ts";
import { helmHealth, helmOperation, helmSync } from "./verdicts.ts";

/**
 * Reads one plain Helm release by the labels of its records. Chart and resources are known only once the record of the deployed revision
 * is decoded, which is done on demand and comes back as desired state.
 */
export function readRelease(unit: ApplicationRef, context: ReadContext): Reading | undefined {
  const release = findRelease(unit, context);
  if (release === undefined) return undefined;
  const { newest, deployed, records } = release;
  const { desired, store } = context;
  const hooks = desired?.facts?.hooks ?? [];
  const inventory =
    desired === undefined ? [] : [...desiredInventory(desired, unit.namespace, store), ...hookInventory(hooks, store)];
  const sum = rollUp(inventory, store, { source: "kstatus" });
  const evidence = failedHook(hooks, store);
  const ofHook = newest.status === "failed" && evidence !== undefined && !evidence.test;
  const own = helmHealth(release, sum, context);
  const health = ofHook ? { ...own, cause: evidence.cause } : own;
  const sync = helmSync(release, context);
  const operation = helmOperation(release, context);
  const hold = readHold(newest.stored.object);
  const owner = managedBy(newest.stored, store);
  const deployedAt = desired?.facts?.lastDeployed ?? deployed?.createdAt ?? deployed?.modifiedAt;
  const createdAt = records[records.length - 1]?.createdAt;
  return {
    application: {
      cluster: context.cluster,
      engine: "helm",
      namespace: unit.namespace,
      name: unit.name,
      // Records come and go with every revision; the release itself has no object that could lend its uid.
      uid: `helm:${unit.namespace}/${unit.name}`,
      health,
      sync,
      drift: unjudgedDrift(desired?.error),
      suspended: false,
      revision: {
        ...(deployed !== undefined && { applied: String(deployed.version) }),
        desired: String(newest.version),
        ...(newest !== deployed && { attempted: String(newest.version) }),
      },
      sources: [sourceOf(context)],
      resources: sum.counts,
      reasons: reasonsOf(
        health,
        sync,
        [
          ...(desired?.error === undefined ? [] : [{ about: "source" as const, text: desired.error }]),
          ...(evidence === undefined ? [] : [{ about: "health" as const, text: evidence.text, ref: evidence.cause }]),
        ],
        sum,
      ),
      ...(operation !== undefined && { operation }),
      ...(hold !== undefined && { hold }),
      ...(owner !== undefined && { managedBy: owner }),
      ...(deployedAt !== undefined && { lastDeployedAt: deployedAt }),
      ...(createdAt !== undefined && { createdAt }),
    },
    inventory,
    dependsOn: [],
    ...(deployed !== undefined || newest.status !== "uninstalled"
      ? { desiredKey: desiredKeyOf(release) }
      : { desiredMissing: "it is uninstalled" }),
  };
}

function sourceOf({ desired }: ReadContext): Source {
  const { chart, chartVersion } = desired?.facts ?? {};
  return {
    kind: "Helm chart",
    ...(chart !== undefined && { chart }),
    ...(chartVersion !== undefined && { version: chartVersion }),
  };
}
