import { fields, text } from "#lib/model/health/fields.ts";
import { revisionStep, sameRevision } from "#lib/model/revision-format.ts";
import { refOf } from "#lib/diff/manifest-object.ts";
import { diffPair, sortDiff } from "#lib/diff/object-diff.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import { loadSourceDesired } from "#server/desired/registry.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { ActionContext, Outcome } from "../action-handler.ts";
import { previewApply } from "../apply-preview.ts";
import { findRaw } from "../object-io.ts";
import { correctionsOf } from "../sync-changes.ts";
import { countChanges, sentenceList } from "../words.ts";

const kustomizeController = "kustomize-controller";

/**
 * What a reconciliation would change. For a Kustomization: what its source says now, built and applied in a dry run, and what would be
 * pruned. For a HelmRelease: its drift, where the controller corrects drift; which release it would make from a newer chart or newer
 * values only the controller knows.
 */
export async function previewSync(context: ActionContext): Promise<Outcome> {
  const outcome =
    context.unit.engine === "flux-kustomization"
      ? await previewKustomization(context)
      : await previewHelmRelease(context);
  const { request } = context;
  const later =
    request.withSource === true ? ["The source is fetched first: what it finds then may bring further changes."] : [];
  return { ...outcome, warnings: [...(outcome.warnings ?? []), ...later] };
}

async function previewKustomization(context: ActionContext): Promise<Outcome> {
  const { io, unit, view, application } = context;
  const desired = await loadSourceDesired(unit, io);
  if (desired.error !== undefined) {
    const drift = await view.drift(unit, { fresh: true });
    const changes = drift ? correctionsOf(drift.objects) : [];
    return {
      message: "What the source says now can't be built here; shown is the drift that would be corrected.",
      warnings: [desired.error],
      changes,
    };
  }
  const { changes, warnings } = await previewBuild(desired, context);
  const { applied: from, desired: to } = application.revision;
  const step =
    from !== undefined && to !== undefined && !sameRevision(from, to) ? ` on the way ${revisionStep(from, to)}` : "";
  return {
    message:
      changes.length === 0
        ? "A sync would change nothing: the cluster is as the source says."
        : `A sync would ${countChanges(changes)}${step}.`,
    warnings,
    changes,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

/** What kustomize-controller would change by applying this build, with what it would prune. @throws KubeError */
export async function previewBuild(
  desired: DesiredState,
  context: ActionContext,
): Promise<{ changes: DiffObject[]; warnings: string[] }> {
  const options = { fieldManager: kustomizeController, serverSide: true, exclusions: true };
  const applied = await previewApply(desired.objects, options, context.io);
  const pruned = await prunedObjects(desired.pruned ?? [], context);
  return {
    changes: sortDiff([...applied.changes, ...pruned]),
    warnings: [
      ...(applied.forbidden.length > 0
        ? [`Compared here, because you may not apply ${sentenceList(applied.forbidden)} yourself; the controller may.`]
        : []),
      ...applied.problems,
      ...prunedWarnings(pruned),
    ],
  };
}

async function prunedObjects(objects: readonly KubeObject[], { io }: ActionContext): Promise<DiffObject[]> {
  const found = await Promise.all(
    objects.map(async (object) => {
      const live = io.discovery.resolve(refOf(object)) && (await findRaw(io, refOf(object)).catch(() => object));
      // Source: fluxcd/pkg ssa, kustomize-controller (prune: disabled).
      if (!live || isKept(live)) return undefined;
      return diffPair(io.masker.maskObject(live), undefined);
    }),
  );
  return found.filter((entry) => entry !== undefined);
}

function isKept({ metadata }: KubeObject): boolean {
  const name = "kustomize.toolkit.fluxcd.io/prune";
  return [metadata.labels?.[name], metadata.annotations?.[name]].some((value) => value?.toLowerCase() === "disabled");
}

function prunedWarnings(pruned: readonly DiffObject[]): string[] {
  return pruned.length === 0
    ? []
    : [
        `It deletes what the source no longer has: ${sentenceList(pruned.map(({ ref }) => `${ref.kind}/${ref.name}`))}.`,
      ];
}

async function previewHelmRelease({ unit, view, object, request, application }: ActionContext): Promise<Outcome> {
  const warnings: string[] = [];
  const mode = text(fields(fields(object?.["spec"])["driftDetection"])["mode"]) || "disabled";
  const corrects = mode === "enabled" || request.force === true;
  const drift = await view.drift(unit, { fresh: true });
  const changes = drift ? correctionsOf(drift.objects) : [];
  if (!drift) warnings.push("Its drift is not known.");
  else if (!corrects && changes.length > 0) {
    warnings.push(
      `${changes.length === 1 ? "One object has" : `${changes.length} objects have`} drifted and will stay so: drift detection is ${mode === "warn" ? "set to warn" : "off"}. Force one upgrade to correct it.`,
    );
  }
  if (request.force === true)
    warnings.push("Force makes one upgrade with the same chart and values: a new Helm revision, and its hooks run.");
  if (application.sync.status === "OutOfSync") {
    warnings.push(
      `It is out of step${application.sync.message === undefined ? "" : ` (${application.sync.message})`}: helm-controller will upgrade, and only it knows what the new manifest holds.`,
    );
  }
  const corrected = corrects ? changes : [];
  const message =
    corrected.length > 0
      ? `A sync would ${countChanges(corrected)}.`
      : "A sync would correct no drift; helm-controller upgrades if chart or values have changed.";
  return { message, warnings, changes: corrected };
}
