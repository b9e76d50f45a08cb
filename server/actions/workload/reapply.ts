import { apiError } from "#lib/api/errors.ts";
import { formatRef, type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import { nameArgument } from "#server/tools/argument.ts";
import type { ActionContext, ActionHandler, Outcome, UnitContext } from "../action-handler.ts";
import { accessTo, findRaw } from "../object-io.ts";
import { correctionsOf } from "../sync-changes.ts";
import { countChanges, sentenceList } from "../words.ts";
import { kubectlMissing, runKubectl, workloadLock } from "./kubectl.ts";

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/**
 * Applies again what `kubectl apply` applied last, by the real program. It stands in the live objects themselves, so what was deleted
 * can't be brought back, and what was applied server-side is not known.
 */
export const reapply: ActionHandler = {
  access: (context) =>
    unique(refsOf(context)).map((ref) =>
      accessTo(context.io, "patch", { group: ref.group, kind: ref.kind }, ref.namespace),
    ),
  refusal: async (context) => await kubectlMissing(context),
  lock: workloadLock,

  async preview(context): Promise<Outcome> {
    const { found, without } = await manifestsOf(context);
    const keys = new Set(found.map(({ ref }) => resourceKey(ref)));
    const drift = await context.view.drift(context.unit, { fresh: true });
    const changes = drift ? correctionsOf(drift.objects).filter(({ ref }) => keys.has(resourceKey(ref))) : [];
    const message =
      changes.length === 0 ? "Applying again would change nothing." : `Applying again would ${countChanges(changes)}.`;
    return { message, changes, warnings: [...warningsFor(without), ...pruneWarnings(context)] };
  },

  async perform(context): Promise<Outcome> {
    const { found, without } = await manifestsOf(context);
    const items = found.map(({ manifest }) => manifest);
    const list = JSON.stringify({ apiVersion: "v1", kind: "List", items });
    await runKubectl(context, ["apply", "--filename=-", `--namespace=${nameArgument(context.unit.namespace)}`], {
      stdin: list,
    });
    return {
      message: `${sentenceList(found.map(({ ref }) => formatRef(ref)))} ${found.length === 1 ? "was" : "were"} applied again.`,
      warnings: warningsFor(without),
    };
  },
};

function refsOf({ reading }: UnitContext): ResourceRef[] {
  return reading.inventory.filter(({ hook, remote }) => hook !== true && remote !== true).map(({ ref }) => ref);
}

/** The last applied manifests, raw: they go to kubectl's standard input and nowhere else. @throws ApiError when there is none */
async function manifestsOf(
  context: ActionContext,
): Promise<{ found: { ref: ResourceRef; manifest: unknown }[]; without: ResourceRef[] }> {
  const found: { ref: ResourceRef; manifest: unknown }[] = [];
  const without: ResourceRef[] = [];
  for (const ref of refsOf(context)) {
    const raw = (await findRaw(context.io, ref))?.metadata.annotations?.[lastApplied];
    if (raw === undefined) without.push(ref);
    else found.push({ ref, manifest: JSON.parse(raw) });
  }
  if (found.length === 0) {
    throw apiError(422, "invalid", "None of its objects says what was applied last.", {
      hint: "They were applied server-side or created: run kubectl apply with their manifests.",
    });
  }
  return { found, without };
}

/**
 * An ApplySet says what belongs to it, not what should: kubectl finds out what to prune by comparing its members with the manifests that it is
 * given, and those are with whoever runs it.
 */
function pruneWarnings(context: UnitContext): string[] {
  const isMember = (ref: ResourceRef): boolean =>
    context.io.store.get(resourceKey(ref))?.object.metadata.labels?.["applyset.kubernetes.io/part-of"] !== undefined;
  return refsOf(context).some(isMember)
    ? ["Nothing is pruned: what kubectl apply --prune would delete depends on manifests that only whoever runs it has."]
    : [];
}

function warningsFor(without: readonly ResourceRef[]): string[] {
  return without.length === 0
    ? []
    : [`These don't say what was applied last and stay as they are: ${sentenceList(without.map(formatRef))}.`];
}

function unique(refs: readonly ResourceRef[]): ResourceRef[] {
  return [...new Map(refs.map((ref) => [`${ref.group}/${ref.kind}/${ref.namespace ?? ""}`, ref])).values()];
}
