import type { Application } from "#lib/model/application.ts";
import { formatRef, resourceKey } from "#lib/model/resource-ref.ts";
import type { HookFact } from "#server/desired/desired-state.ts";
import type { StoreReader } from "#server/kube/store.ts";
import { isTest } from "../common/helm-hooks.ts";
import type { InventoryItem } from "../engine.ts";
import { judgeResource } from "../judge.ts";

/**
 * A release's hooks as resources: those that are there, or whose kind has not been looked at yet. Most are deleted after they have run, by their
 * own policy; that is nothing to miss.
 */
export function hookInventory(hooks: readonly HookFact[], store: StoreReader): InventoryItem[] {
  return hooks.flatMap(({ ref }) => {
    const known = store.kindState(ref).state === "synced" && store.get(resourceKey(ref)) === undefined;
    return known ? [] : [{ ref, hook: true, ignoreHealth: true }];
  });
}

/** What a failed hook has left behind: the object that failed (a Pod with its exit code, where there is one) and what it says. */
export interface HookEvidence {
  readonly text: string;
  readonly cause: NonNullable<Application["health"]["cause"]>;
  /** It is a test, whose failure leaves the release deployed. */
  readonly test: boolean;
}

/** The evidence of the first failed hook; undefined when none has failed. */
export function failedHook(hooks: readonly HookFact[], store: StoreReader): HookEvidence | undefined {
  const hook = hooks.find(({ phase }) => phase === "Failed");
  if (hook === undefined) return undefined;
  const test = isTest(hook);
  const name = `${test ? "test" : `${hook.events.join(", ")} hook`} ${formatRef(hook.ref)}`;
  const verdict = judgeResource({ ref: hook.ref, hook: true }, store, "kstatus");
  if (verdict.live !== "yes")
    return { text: `${name} failed, and is not there any more to tell why`, cause: hook.ref, test };
  const said = verdict.health.message ?? verdict.health.reason;
  return { text: `${name} failed${said === undefined ? "" : `: ${said}`}`, cause: verdict.cause, test };
}
