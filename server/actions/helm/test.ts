import { apiError } from "#lib/api/errors.ts";
import type { Evidence } from "#lib/model/action.ts";
import { formatRef } from "#lib/model/resource-ref.ts";
import type { HookFact } from "#server/desired/desired-state.ts";
import { listRecords, readRelease, type ReleaseRecord } from "#server/desired/helm/records.ts";
import type { MaskedRelease } from "#server/desired/helm/release.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { isTest } from "#server/engines/common/helm-hooks.ts";
import { nameArgument } from "#server/tools/argument.ts";
import type { ActionContext, ActionHandler, Outcome, UnitContext } from "../action-handler.ts";
import { unitWords } from "../unit-object.ts";
import { sentenceList } from "../words.ts";
import { testAccess } from "./access.ts";
import { testEvidence } from "./evidence.ts";
import { recordsOf, type ReleasePlace } from "./records.ts";
import { hookTimeout } from "./rollback-arguments.ts";
import { placeOf, refusal, releaseLock } from "./rollback.ts";
import { helmFailure, refuseChanged, runHelm } from "./run-helm.ts";

/** Runs a release's tests by the real helm, and shows what each of their Pods came to. */
export const helmTest: ActionHandler = {
  access: (context) => testAccess(context, placeOf(context), knownTests(context)),
  async refusal(context) {
    const reason = await refusal(context);
    if (reason !== undefined) return reason;
    if (context.application.health.reason === "uninstalled") return "it is uninstalled";
    const loaded = context.view.desired(context.unit) !== undefined;
    return loaded && knownTests(context).length === 0 ? "its chart has no tests" : undefined;
  },
  lock: (context) => releaseLock(placeOf(context)),

  async preview(context): Promise<Outcome> {
    const { tests, place, current } = await plan(context);
    const deleted = tests.filter(({ deletePolicies }) => deletePolicies.includes("hook-succeeded"));
    return {
      message: `${tests.length === 1 ? "One test" : `${tests.length} tests`} of revision ${current.version} of ${place.release} would run: ${sentenceList(tests.map(({ ref }) => formatRef(ref)))}.`,
      warnings: [
        "Tests run in the cluster, as their chart wrote them: what they do there can't be foreseen.",
        ...(deleted.length > 0
          ? [`Deleted when they succeed, with their logs: ${sentenceList(deleted.map(({ ref }) => formatRef(ref)))}.`]
          : []),
      ],
    };
  },

  async perform(context): Promise<Outcome> {
    const { io, unit } = context;
    const { tests, place, current, release } = await plan(context);
    await refuseChanged(place, current, io);
    const { code, stderr } = await runHelm(
      {
        place,
        args: testArguments(place),
        kind: current.kind,
        seconds: hookTimeout,
        hint: "What the tests have made may still be there: look at their Pods.",
      },
      io,
    );
    const words = release.scrub(io.masker.maskText(stderr));
    const after = await hooksAfter(place, current, io);
    const ran = after.filter(({ startedAt }) => startedAt !== undefined);
    // Helm says by its exit code alone that a test has failed; when none was even started, it is another fault.
    if (code !== 0 && !ran.some(({ phase }) => phase === "Failed")) throw helmFailure("helm test", place, words);
    const evidence = await testEvidence(ran, release.scrub, io);
    return outcomeOf(unitWords(unit), tests.length, ran, evidence, current);
  },
};

/** Arguments of `helm test`. */
export function testArguments({ release, namespace }: ReleasePlace): string[] {
  return ["test", nameArgument(release), `--namespace=${nameArgument(namespace)}`, `--timeout=${hookTimeout}s`];
}

function outcomeOf(
  unit: string,
  all: number,
  ran: readonly HookFact[],
  evidence: readonly Evidence[],
  { version }: ReleaseRecord,
): Outcome {
  const failed = ran.filter(({ phase }) => phase === "Failed");
  const skipped = all - ran.length;
  const rest = skipped > 0 ? ` ${skipped} ${skipped === 1 ? "was" : "were"} not run after that.` : "";
  return {
    message:
      failed.length === 0
        ? `${all === 1 ? "The test" : `All ${all} tests`} of revision ${version} of ${unit} passed.`
        : `${failed.length} of ${all} ${all === 1 ? "test" : "tests"} of revision ${version} of ${unit} failed: ${sentenceList(failed.map(({ ref }) => formatRef(ref)))}.${rest}`,
    evidence,
    to: String(version),
  };
}

async function plan(context: ActionContext): Promise<{
  place: ReleasePlace;
  current: ReleaseRecord;
  release: MaskedRelease;
  tests: MaskedRelease["hooks"];
}> {
  const place = placeOf(context);
  const [current] = await recordsOf(place, context.io);
  const release = await readRelease(current, context.io);
  const tests = release.hooks.filter(isTest);
  if (tests.length === 0) throw apiError(422, "invalid", `The chart of ${place.release} has no tests.`);
  return { place, current, release, tests };
}

/** The tests as the record has them after the run: helm writes down there what each came to. */
async function hooksAfter(place: ReleasePlace, { version }: ReleaseRecord, io: EngineIo): Promise<HookFact[]> {
  const records = await listRecords(place.namespace, place.release, io, { fresh: true });
  const record = records.find((candidate) => candidate.version === version);
  return record === undefined ? [] : (await readRelease(record, io)).hooks.filter(isTest);
}

function knownTests({ view, unit }: UnitContext): HookFact[] {
  return (view.desired(unit)?.facts?.hooks ?? []).filter(isTest);
}
