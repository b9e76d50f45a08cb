import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logIn, type Person, until } from "#server/actions/testing/person.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import { type ArgoConnection, connectArgo } from "./argo-connection.ts";
import { exactDiff } from "./exact-diff.ts";

// Against the sandbox's own Argo CD API server, with the tokens that the sandbox has made.
const unit = (name: string): ApplicationRef => ({ engine: "argocd", namespace: "argocd", name });

let admin: Person;
let connection: ArgoConnection;
const connect = (token: string, url = admin.sandbox.argocdServer.url): Promise<ArgoConnection> =>
  connectArgo({ url: new URL(url) }, token, admin.masker);
const uidOf = (name: string): string =>
  admin.view.store.get(resourceKey({ group: "argoproj.io", kind: "Application", namespace: "argocd", name }))?.uid ??
  "";

beforeAll(async () => {
  admin = await logIn("admin");
  await until(() => admin.view.ready() && admin.view.application(unit("checkout")) !== undefined);
  connection = await connect(admin.sandbox.argocdServer.tokens.reader);
}, 60_000);
afterAll(async () => {
  await connection.close();
  await admin.view.close();
});

describe("Argo CD's API server", () => {
  it("knows who a token belongs to, and says why it takes another one not", async () => {
    const { tokens } = admin.sandbox.argocdServer;
    expect(connection.username).toBe("reader");
    await expect(connect(tokens.expired)).rejects.toMatchObject({ refusal: "expired" });
    await expect(connect("no-token-at-all")).rejects.toMatchObject({ refusal: "refused" });
    await expect(connect(tokens.reader, "http://127.0.0.1:1")).rejects.toMatchObject({ refusal: "unreachable" });
  });

  it("shows nothing to an account that may not read the application", async () => {
    const guest = await connect(admin.sandbox.argocdServer.tokens.guest);
    await expect(guest.managedObjects(unit("checkout"), uidOf("checkout"))).rejects.toMatchObject({
      refusal: "forbidden",
    });
    await guest.close();
  });

  it("is not believed about an application of another cluster", async () => {
    await expect(connection.managedObjects(unit("checkout"), "another-uid")).rejects.toMatchObject({
      refusal: "unexpected",
    });
  });

  it("tells what a commit that has not been synced would change, which the cluster alone does not", async () => {
    const items = await connection.managedObjects(unit("checkout"), uidOf("checkout"));
    const { objects } = exactDiff(items, { store: admin.view.store, remote: false });
    await until(() => admin.view.application(unit("checkout"))?.drift.status === "None");
    expect(objects.filter(({ change }) => change !== "unchanged")).toMatchObject([
      {
        ref: { kind: "Deployment", name: "checkout" },
        change: "changed",
        exactness: "engine",
        note: "changed in the source, not synced yet",
        fields: [
          { path: "spec.replicas", from: "2", to: "1" },
          {
            path: "spec.template.spec.containers[name=checkout].image",
            from: "registry.example.com/shop/checkout:3.2.0",
            to: "registry.example.com/shop/checkout:3.1.0",
          },
        ],
      },
    ]);
    const secret = objects.find(({ ref }) => ref.kind === "Secret");
    expect(secret?.to).toMatch(/key: ‹masked [0-9a-f]{8}›/);
    expect(JSON.stringify(objects)).not.toContain("++++");
  });

  it("tells a change by hand, and who made it", async () => {
    const items = await connection.managedObjects(unit("session-store"), uidOf("session-store"));
    const { objects } = exactDiff(items, { store: admin.view.store, remote: false });
    const [first] = objects;
    expect(first).toMatchObject({
      change: "changed",
      fields: [
        { from: expect.stringContaining(":2.0.5"), to: expect.stringContaining("-debug"), manager: "kubectl-set" },
      ],
    });
    expect(first?.note).toBeUndefined();
  });

  it("lets a preview of a sync show what the source has, and one of a rollback what that revision has", async () => {
    const preview = async (action: "sync" | "rollback", request: object) =>
      await admin.actions.perform({
        view: admin.view,
        unit: unit("checkout"),
        action,
        request: { ...request, preview: true },
        actor: admin.view.identity,
        argocd: connection,
      });
    const image = (version: string) => `registry.example.com/shop/checkout:${version}`;
    const path = "spec.template.spec.containers[name=checkout].image";
    expect(await preview("sync", {})).toMatchObject({
      accepted: true,
      warnings: [],
      changes: [{ exactness: "engine", fields: [{}, { path, from: image("3.1.0"), to: image("3.2.0") }] }],
    });
    const target = (await admin.view.history(unit("checkout")))?.items.find(({ restorable }) => restorable);
    const { changes = [] } = await preview("rollback", { revision: target?.id });
    const deployment = changes.find(({ ref }) => ref.kind === "Deployment");
    expect(deployment?.fields).toEqual(expect.arrayContaining([{ path, from: image("3.1.0"), to: image("3.0.2") }]));
  });

  it("has the manifests of any revision, of one source and of many", async () => {
    const [, first] = (await admin.view.history(unit("checkout")))?.items.toReversed() ?? [];
    const images = async (revision: string): Promise<string> =>
      JSON.stringify(await connection.manifests(unit("checkout"), uidOf("checkout"), [revision]));
    expect(await images(first?.revision ?? "")).toContain("checkout:3.1.0");
    expect(await images("")).toContain("checkout:3.2.0");
    const catalog = await connection.manifests(unit("catalog"), uidOf("catalog"), ["1.4.0", ""]);
    expect(JSON.stringify(catalog)).toContain("web-service-1.4.0");
  });

  it("tells who has made a deployed commit, and its first line", async () => {
    const items = (await admin.view.history(unit("checkout")))?.items ?? [];
    const wanted = items.map(({ revision }) => ({ revision }));
    const told = await connection.commits(unit("checkout"), uidOf("checkout"), wanted);
    // A revision may have been deployed several times.
    expect(new Set(told.keys())).toEqual(new Set(items.map(({ revision }) => revision)));
    for (const commit of told.values())
      expect(commit).toEqual({ author: expect.stringContaining("@"), message: expect.stringMatching(/^[^\n]+$/) });
    const unknown = [{ revision: "0".repeat(40) }];
    expect((await connection.commits(unit("checkout"), uidOf("checkout"), unknown)).size).toBe(0);
    const guest = await connect(admin.sandbox.argocdServer.tokens.guest);
    await expect(guest.commits(unit("checkout"), uidOf("checkout"), wanted)).rejects.toMatchObject({
      refusal: "forbidden",
    });
    await guest.close();
  });
});
