import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isApiError } from "#lib/api/errors.ts";
import type { Action, ActionResult } from "#lib/model/action.ts";
import { type ApplicationRef, applicationKey, parseApplicationKey } from "#lib/model/application.ts";
import type { KubeClient } from "#server/kube/client.ts";
import { identify } from "#server/kube/identity.ts";
import type { ClusterView } from "#server/view/view.ts";
import { logIn, type Person, until } from "./testing/person.ts";

/*
 * Against the sandbox with its scenario: two people ask for the same at the same moment, of one server, and of two that know nothing of each other.
 * Tests leave applications as they found them, later revisions apart.
 */
const units: readonly ApplicationRef[] = [
  "flux-kustomization/flux-system/doc-router-staging",
  "flux-helmrelease/platform/gateway",
  "argocd/argocd/storefront",
  "helm/platform/metrics-relay",
  "kubectl/team-a/landing-page",
].flatMap((key) => parseApplicationKey(key) ?? []);
/** Where the cluster itself tells two servers apart: by the version of the object on which a hold is written first. */
const held = units.filter(({ engine }) => engine !== "helm" && engine !== "kubectl");

let one: Person;
let other: Person;
beforeAll(async () => {
  [one, other] = await Promise.all([logIn("admin"), logIn("admin-certificate")]);
  await until(() => one.view.ready() && other.view.ready());
}, 90_000);
afterAll(() => Promise.all([one, other].map(({ view }) => view.close())));

async function ask(
  server: Person,
  view: ClusterView,
  unit: ApplicationRef,
  action: Action,
  revision: string,
): Promise<ActionResult> {
  const actor = await identify(view.client);
  return await server.actions.perform({ view, unit, action, request: { revision }, actor });
}

/** The revision that is current, and an earlier one to go back to. */
async function revisions(unit: ApplicationRef): Promise<{ current: string; earlier: string }> {
  const items = (await one.view.history(unit))?.items ?? [];
  const current = items.find((revision) => revision.current)?.id;
  const earlier = items.find((revision) => revision.restorable && !revision.current)?.id;
  if (current === undefined || earlier === undefined)
    throw new Error(`${applicationKey(unit)} has no earlier revision`);
  return { current, earlier };
}

/** Waits until another revision than this one is deployed: what was asked for may not even have begun. @returns its id */
async function deployedAfter(unit: ApplicationRef, before: string): Promise<string> {
  let deployed = before;
  await until(async () => {
    deployed = (await one.view.history(unit))?.items.find((revision) => revision.current)?.id ?? before;
    return deployed !== before;
  });
  return deployed;
}

/** What each of them is answered: `done`, or the status of the refusal. */
async function answersTo(asked: readonly Promise<ActionResult>[]): Promise<string[]> {
  const answers = await Promise.allSettled(asked);
  return answers
    .map((answer) => {
      if (answer.status === "fulfilled") return "done";
      return isApiError(answer.reason) ? String(answer.reason.problem.status) : String(answer.reason);
    })
    .toSorted();
}

/**
 * Waits until nothing is going on any more, for both of them: an engine that syncs by itself begins a while after it was allowed to, and its
 * operation would be in the way of both.
 */
async function atRest(unit: ApplicationRef): Promise<void> {
  await until(() =>
    [one, other].every(({ view }) => {
      const row = view.application(unit);
      return (
        row?.health.status === "Healthy" &&
        row.sync.status === "Synced" &&
        row.hold === undefined &&
        row.operation?.phase !== "Running"
      );
    }),
  );
}

/** Takes a rollback back, once the engine is done with it. */
async function putBack(unit: ApplicationRef, current: string): Promise<void> {
  const row = (): ReturnType<ClusterView["application"]> => one.view.application(unit);
  const rolledBack = await deployedAfter(unit, current);
  await until(() => row()?.operation?.phase !== "Running");
  if (held.includes(unit)) {
    await until(() => row()?.hold !== undefined);
    await one.act(unit, "release-hold");
  } else await one.act(unit, "rollback", { revision: current });
  await deployedAfter(unit, rolledBack);
  await atRest(unit);
}

describe.concurrent("of two people who roll an application back at the same moment, the second is told", () => {
  it.each(units.map((unit) => [applicationKey(unit), unit] as const))(
    "%s",
    async (_key, unit) => {
      // What a first try of this test may have left.
      if (one.view.application(unit)?.hold !== undefined) await one.act(unit, "release-hold");
      await atRest(unit);
      const { current, earlier } = await revisions(unit);
      const byOneServer = [one, other].map(({ view }) => ask(one, view, unit, "rollback", earlier));
      expect(await answersTo(byOneServer)).toEqual(["409", "done"]);
      await putBack(unit, current);
      if (!held.includes(unit)) return;
      const now = await revisions(unit);
      const meeting = meetingPoint(2);
      const byTwo = [one, other].map((person) =>
        ask(person, waitingAt(meeting, person.view), unit, "rollback", now.earlier),
      );
      expect(await answersTo(byTwo)).toEqual(["409", "done"]);
      await putBack(unit, now.current);
    },
    180_000,
  );
});

/** Lets nobody pass before all have come. */
function meetingPoint(expected: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let come = 0;
  return async () => {
    come += 1;
    if (come === expected) resolve(undefined);
    await promise;
  };
}

/** A view that writes nothing to the cluster before others want to write, too: both have read what neither has changed. */
function waitingAt(meeting: () => Promise<void>, view: Person["view"]): ClusterView {
  const client = new Proxy<KubeClient>(view.client, {
    get: (target, key) => {
      if (key !== "request") return bound(target, key);
      return async (request: Parameters<KubeClient["request"]>[0]): Promise<unknown> => {
        if (request.method === "PATCH" && request.query?.["dryRun"] === undefined) await meeting();
        return await target.request(request);
      };
    },
  });
  return new Proxy<ClusterView>(view, { get: (target, key) => (key === "client" ? client : bound(target, key)) });
}

function bound(target: object, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key, target);
  return typeof value === "function" ? (value.bind(target) as unknown) : value;
}
