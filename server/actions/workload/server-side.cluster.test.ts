import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApplicationRef } from "#lib/model/application.ts";
import { applyObjects } from "../testing/apply-objects.ts";
import { logIn, type Person, until } from "../testing/person.ts";

// Against the sandbox: what kubectl applies server-side has no record of what was applied but the ownership of its fields.
const namespace = "server-side-test";
const unit: ApplicationRef = { engine: "kubectl", namespace, name: "words" };
const labels = { "app.kubernetes.io/part-of": "words" };
let admin: Person;

async function apply(): Promise<void> {
  await applyObjects(
    admin,
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "words", namespace, labels }, data: { one: "1" } },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "words", namespace, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: "app", image: "registry.example.com/words:1" }] },
        },
      },
    },
  );
}

beforeAll(async () => {
  admin = await logIn("admin");
  await admin.run("kubectl", "create", "namespace", namespace);
  await apply();
  await until(() => admin.view.ready());
}, 60_000);
afterAll(async () => {
  await admin.run("kubectl", "delete", "namespace", namespace, "--wait=false");
  await admin.view.close();
});

describe("drift of what kubectl applied server-side", () => {
  const drift = () => admin.view.application(unit)?.drift;

  it("is none as long as nobody else has written to it, controllers aside", async () => {
    await until(() => drift()?.status === "None");
    expect(drift()?.exactness).toBe("local");
    expect(drift()?.message).toBeUndefined();
  });

  it("is not known where somebody has: who, and which field", async () => {
    await admin.run("kubectl", "scale", "deployment/words", "-n", namespace, "--replicas=2");
    await until(() => drift()?.message !== undefined);
    expect(drift()?.message).toContain(
      "spec.replicas of Deployment/words was written by kubectl after kubectl apply --server-side",
    );
    await apply();
    await until(() => drift()?.status === "None" && drift()?.message === undefined);
  }, 60_000);
});
