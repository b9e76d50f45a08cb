import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isApiError } from "#lib/api/errors.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { logIn, type Person, until } from "#server/actions/testing/person.ts";
import { compareUnits } from "./compare-units.ts";

// Against the sandbox with its scenario. Nothing is changed.
const unit = (engine: ApplicationRef["engine"], namespace: string, name: string): ApplicationRef => ({
  engine,
  namespace,
  name,
});
const staging = unit("flux-kustomization", "flux-system", "doc-router-staging");
const production = unit("flux-kustomization", "flux-system", "doc-router-production");
const relay = unit("helm", "platform", "metrics-relay");
const gateway = unit("flux-helmrelease", "platform", "gateway");
const landing = unit("kubectl", "team-a", "landing-page");
let admin: Person;

async function compare(left: ApplicationRef, right: ApplicationRef, [from, to] = ["desired", "desired"]) {
  const [one, two] = await Promise.all([admin.view.state(left, from), admin.view.state(right, to)]);
  if (!one || !two) throw new Error("not there");
  return compareUnits(
    { application: left, revision: from, state: one },
    { application: right, revision: to, state: two },
  );
}

beforeAll(async () => {
  admin = await logIn("admin");
  const all = [staging, production, relay, gateway, landing];
  await until(() => admin.view.ready() && all.every((each) => admin.view.desired(each) !== undefined));
}, 60_000);
afterAll(() => admin.view.close());

describe("comparing applications", () => {
  it("puts staging beside production, and shows what their overlays change", async () => {
    // Both come from one source; what was run before may have moved it, and each takes it up in its own time.
    const level = async () =>
      (await compare(staging, production)).objects.find(({ ref }) => ref.kind === "ConfigMap")?.fields;
    await expect
      .poll(level, { timeout: 45_000, interval: 500 })
      .toEqual([{ path: "data.LOG_LEVEL", from: "debug", to: "warn" }]);
    const { objects, message } = await compare(staging, production);
    expect(message).toBeUndefined();
    const map = objects.find(({ ref }) => ref.kind === "ConfigMap");
    expect(map?.counterpart?.namespace).toBe("doc-router-production");
    // A Secret is beside its counterpart, by its masked value.
    expect(objects.find(({ ref }) => ref.kind === "Secret")?.counterpart?.namespace).toBe("doc-router-production");
    expect(objects.filter(({ change }) => change === "unchanged").length).toBeGreaterThan(2);
  });

  it("shows a state beside what is live without the API server's defaults", async () => {
    const { objects } = await compare(staging, staging, ["desired", "live"]);
    const changed = objects.filter(({ change }) => change === "changed").flatMap(({ fields = [] }) => fields);
    expect(changed.map(({ path }) => path).join()).not.toMatch(
      /progressDeadlineSeconds|terminationMessagePath|clusterIP/,
    );
    expect(objects.every(({ change }) => change === "changed" || change === "unchanged")).toBe(true);
  });

  it("works across engines", async () => {
    const { objects, documents } = await compare(relay, gateway);
    expect(documents?.map(({ title }) => title)).toContain("User-supplied values");
    const workload = objects.find(({ ref }) => ref.kind === "Deployment");
    expect(workload?.counterpart?.namespace ?? workload?.ref.namespace).toBe("platform");
    expect(workload?.change).toBe("changed");
    expect(workload?.from).not.toContain("meta.helm.sh");
  });
});

describe("comparing rollouts of what kubectl applied", () => {
  it("shows the pod templates of any two, of a rollout and what was applied, and of a rollout and what is live", async () => {
    const history = (await admin.view.history(landing))?.items ?? [];
    const ids = history.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(1);
    const [newest = "", older = ""] = ids;
    const between = await admin.view.diff(landing, older, newest);
    expect(between?.objects.map(({ change }) => change)).toEqual(["changed"]);
    expect(between?.objects[0]?.fields?.every(({ path }) => path.startsWith("spec.template"))).toBe(true);
    const applied = await admin.view.diff(landing, "desired", older);
    const back = await admin.view.diff(landing, older, "desired");
    expect(applied?.objects.length).toBe(1);
    expect(back?.objects[0]?.fields?.map(({ from }) => from)).toEqual(applied?.objects[0]?.fields?.map(({ to }) => to));
    const live = await admin.view.diff(landing, newest, "live");
    expect(live?.objects.map(({ ref }) => ref.kind)).toEqual([history[0]?.id.split("/")[0]]);
    await expect(admin.view.diff(landing, "Deployment/nothing/9", "live")).rejects.toMatchObject({
      problem: { status: 422 },
    });
  });
});

describe("revisions that were not recorded", () => {
  it("of a Kustomization are built from what the source keeps, or refused in words", async () => {
    const items = (await admin.view.history(staging))?.items ?? [];
    const earlier = items.find(({ current }) => !current);
    const current = items.find((item) => item.current);
    expect([current?.comparable, earlier?.whyNotComparable]).toEqual([
      true,
      expect.stringContaining("does not record"),
    ]);
    const words = await admin.view.diff(staging, earlier?.id ?? "", current?.id ?? "").then(
      (diff) => diff?.message,
      (error: unknown) => (isApiError(error) ? error.problem.detail : String(error)),
    );
    expect(words).toMatch(/built from what its source still keeps|can't be had any more/);
  });
});
