import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { fromTable } from "#lib/api/row-table.ts";
import type { Application } from "#lib/model/application.ts";
import { application } from "#lib/model/application.fixture.ts";
import { applicationTable } from "./application-list.ts";

/** A row with all that one of Argo CD has; what is random in a cluster is as random here, and the same every time. */
function row(index: number): Application {
  const random = createHash("sha256").update(String(index)).digest("hex");
  const name = `argo-${String(index).padStart(5, "0")}`;
  const revision = random.slice(0, 40);
  return application(name, {
    engine: "argocd",
    namespace: "argocd",
    uid: random.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
    revision: { applied: revision, desired: revision },
    sources: [{ kind: "Git", url: "https://git.example.com/argo.git", path: `apps/${name}`, ref: "main" }],
    resources: { Healthy: 20 },
    labels: { team: `squad-${index % 12}` },
    lastDeployedAt: "2026-11-18T09:00:00Z",
    createdAt: new Date(1_763_600_000_000 + index * 1000).toISOString().replace(".000", ""),
  });
}

it("a page's list of a thousand rows travels in 45 bytes for each, and says all of them but what their uid is", () => {
  const rows = Array.from({ length: 1000 }, (_, index) => row(index));
  const text = JSON.stringify(applicationTable(rows));
  expect(gzipSync(text).length).toBeLessThan(45_000);
  const read = fromTable<Application>(JSON.parse(text) as ReturnType<typeof applicationTable>);
  expect(read).toEqual(rows.map((each) => ({ ...each, uid: "" })));
});
