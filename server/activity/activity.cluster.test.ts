import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ActivityEntry } from "#lib/model/activity.ts";
import { applicationKey, type ApplicationRef } from "#lib/model/application.ts";
import { logIn, until, type Person } from "#server/actions/testing/person.ts";
import { createMasker } from "#server/kube/redaction/masker.ts";
import { createActivity, type ActivityPort } from "./activity.ts";

const newActivity = (): ActivityPort => createActivity({ masker: createMasker(), now: () => Date.now() });
const of = (unit: ApplicationRef) => (entry: ActivityEntry) =>
  entry.application !== undefined && applicationKey(entry.application) === applicationKey(unit);

describe("the activity of the sandbox's fleet", () => {
  let admin: Person;
  let team: Person;
  let activity: ActivityPort;

  beforeAll(async () => {
    [admin, team] = await Promise.all([logIn("admin"), logIn("team", ["team-a"])]);
    activity = newActivity();
    for (const { view } of [admin, team]) activity.follow(view);
    await until(() => admin.view.ready() && team.view.ready());
  });

  afterAll(async () => {
    await Promise.all([admin.view.close(), team.view.close()]);
  });

  it("knows deployments of every engine, with their times", async () => {
    const { entries } = await activity.read(admin.view);
    const deployed = entries.filter(({ kind }) => kind === "deployment");
    expect(new Set(deployed.map(({ application }) => application?.engine))).toEqual(
      new Set(["flux-kustomization", "flux-helmrelease", "argocd", "helm", "kubectl"]),
    );
    for (const { time } of entries) expect(Date.parse(time)).not.toBeNaN();
    expect(entries.map(({ time }) => Date.parse(time))).toEqual(
      entries.map(({ time }) => Date.parse(time)).toSorted((a, b) => b - a),
    );
  });

  it("has as many deployments of a release as helm has revisions", async () => {
    const { entries } = await activity.read(admin.view);
    const unit = { engine: "helm", namespace: "billing", name: "ledger" } as const;
    const helm = JSON.parse(await admin.run("helm", "history", unit.name, "-n", unit.namespace, "-o", "json")) as {
      revision: number;
      status: string;
    }[];
    const told = entries.filter((entry) => entry.kind === "deployment" && of(unit)(entry));
    expect(told.map(({ revision, result }) => [Number(revision), result]).toReversed()).toEqual(
      helm.map(({ revision, status }) => [revision, status === "failed" ? "failed" : "succeeded"]),
    );
  });

  it("tells why what is broken is broken", async () => {
    const { entries } = await activity.read(admin.view);
    for (const unit of [
      { engine: "flux-kustomization", namespace: "flux-system", name: "billing" },
      { engine: "flux-kustomization", namespace: "flux-system", name: "search-api" },
      { engine: "argocd", namespace: "argocd", name: "recommendations" },
    ] as const) {
      const failed = entries.filter((entry) => of(unit)(entry) && entry.result === "failed");
      expect({ unit, message: failed[0]?.message }).toEqual({ unit, message: expect.stringMatching(/\w/) as string });
    }
  });

  it("tells who made what drift, and when", async () => {
    // Which of the scenario's drifts are still there depends on what the tests before this one have put right; one by hand always is.
    const byHand = async () => {
      const { entries } = await activity.read(admin.view);
      return entries.find(
        ({ kind, result, by }) => kind === "drift" && result === "drifted" && by?.startsWith("kubectl") === true,
      );
    };
    await expect.poll(byHand, { timeout: 50_000 }).toMatchObject({ time: expect.stringMatching(/^\d{4}-/) });
  });

  it("shows a person of one team nothing of the others", async () => {
    const { entries } = await activity.read(team.view);
    const own = new Set(team.view.snapshot().items.map(({ namespace }) => namespace));
    expect(entries.length).toBeGreaterThan(0);
    expect(own).toEqual(new Set(["team-a"]));
    expect(entries.filter(({ application, about }) => !own.has((application ?? about)?.namespace ?? ""))).toEqual([]);
  });

  it("reads actions back from the cluster's Events, in another process too, for those who may list them", async () => {
    const unit = { engine: "argocd", namespace: "argocd", name: "catalog" } as const;
    const since = new Date().toISOString();
    await admin.act(unit, "refresh", { reason: "to see that it is read back" });
    const isOurs = (entry: ActivityEntry): boolean => entry.kind === "action" && of(unit)(entry) && entry.time >= since;
    await until(async () => (await newActivity().read(admin.view)).entries.some(isOurs));
    const { entries } = await newActivity().read(admin.view);
    expect(entries.filter(isOurs)).toMatchObject([
      { what: "refresh", result: "requested", by: admin.view.identity.username, reason: "to see that it is read back" },
    ]);
    expect((await newActivity().read(team.view)).entries.some(isOurs)).toBe(false);
  });
});
