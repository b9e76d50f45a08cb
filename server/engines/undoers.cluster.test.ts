import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApplicationRef } from "#lib/model/application.ts";
import { at } from "#lib/model/health/fields.ts";
import { logIn, type Person, until } from "#server/actions/testing/person.ts";
import { undoersOf } from "./undoers.ts";

// Against the sandbox with its scenario: what is said of an application is what its controllers really do.
const team = { engine: "flux-helmrelease", namespace: "team-a", name: "team-queue" } as const;
const feed = { engine: "argocd", namespace: "argocd", name: "price-feed-eu" } as const;
const log = { engine: "argocd", namespace: "argocd", name: "audit-log" } as const;
let admin: Person;

const undoers = (unit: ApplicationRef) => undoersOf(unit, admin.view.reading(unit)?.inventory ?? [], admin.view.store);
const said = (unit: ApplicationRef) => undoers(unit).map(({ active, text }) => `${active ? "yes" : "no"}: ${text}`);

async function field(kind: string, { namespace, name }: ApplicationRef, path: string): Promise<unknown> {
  const object: unknown = JSON.parse(await admin.run("kubectl", "get", kind, name, "-n", namespace, "-o", "json"));
  return at(object, path.split("."));
}

async function patch(kind: string, { namespace, name }: ApplicationRef, body: object): Promise<void> {
  await admin.run("kubectl", "patch", kind, name, "-n", namespace, "--type=merge", "-p", JSON.stringify(body));
}

beforeAll(async () => {
  admin = await logIn("admin");
  await until(() => admin.view.ready() && [team, feed, log].every((unit) => admin.view.application(unit)));
}, 60_000);
afterAll(() => admin.view.close());

describe("who undoes what", () => {
  it("is the Kustomization that applies a HelmRelease: its field comes back when that reconciles", async () => {
    expect(said(team)[1]).toMatch(
      /^yes: Kustomization team-a\/portal applies HelmRelease team-a\/team-queue every \w+: fields that it sets come back\.$/,
    );
    const before = await field("helmrelease", team, "spec.interval");
    await patch("helmrelease", team, { spec: { interval: "59m" } });
    const request = `reconcile.fluxcd.io/requestedAt=${new Date().toISOString()}`;
    await admin.run("kubectl", "annotate", "kustomization", "portal", "-n", "team-a", "--overwrite", request);
    await until(async () => (await field("helmrelease", team, "spec.interval")) === before);
  });

  it("is judged before an action by the very field that changes", async () => {
    const preview = await admin.act(team, "suspend", { preview: true });
    expect(preview.undoers?.map(({ active, text }) => [active, text])).toEqual([
      [
        false,
        "Kustomization team-a/portal applies HelmRelease team-a/team-queue without spec.suspend: what this changes stays.",
      ],
    ]);
    const made = await admin.act(feed, "suspend", { preview: true });
    expect(made.undoers?.map(({ ref }) => ref?.kind)).toEqual(["ApplicationSet"]);
  });

  it("is the ApplicationSet that makes an Application: its spec is set again at once", async () => {
    expect(said(feed).at(-1)).toMatch(
      /^yes: ApplicationSet argocd\/price-feeds makes Application argocd\/price-feed-eu/,
    );
    const before = await field("application", feed, "spec.source.path");
    await patch("application", feed, { spec: { source: { path: "elsewhere" } } });
    await until(async () => (await field("application", feed, "spec.source.path")) === before);
  });

  it("is the app of apps, when Git changes", () => {
    expect(said(log)).toEqual([
      "no: Argo CD syncs it when Git changes: a change stays until then.",
      "no: Application argocd/small-services applies Application argocd/audit-log when Git changes: fields that it sets come back.",
    ]);
  });

  it("is the controller of a Kustomization, and its workload's autoscaler", () => {
    const production = {
      engine: "flux-kustomization",
      namespace: "flux-system",
      name: "doc-router-production",
    } as const;
    expect(said(production)[0]).toMatch(/^yes: kustomize-controller applies it every/);
    expect(said(production).some((text) => /HorizontalPodAutoscaler\/\S+ sets the replicas/.test(text))).toBe(true);
  });

  it("is nobody for a Helm release and for what kubectl applied", () => {
    for (const unit of [
      { engine: "helm", namespace: "team-a", name: "notifier" },
      { engine: "kubectl", namespace: "team-a", name: "landing-page" },
    ] as const) {
      expect(admin.view.application(unit)).toBeDefined();
      expect(undoers(unit).filter(({ active }) => active)).toEqual([]);
    }
  });
});
