import { describe, expect, it } from "vitest";
import { apiError } from "#lib/api/errors.ts";
import { KubeError } from "#server/kube/client.ts";
import { createMasker } from "#server/kube/redaction/masker.ts";
import type { ClusterView } from "#server/view/view.ts";
import type { AuditEntry } from "./audit.ts";
import { createAudited, type AuditedWork } from "./audited.ts";
import type { Outcome } from "./action-handler.ts";
import { notAllowed } from "./faults.ts";

const view = { cluster: "sandbox" } as ClusterView;
const asked: AuditedWork = {
  view,
  actor: { username: "ada", groups: [] },
  action: "sync",
  unit: "helm/shop/web",
  about: { group: "", kind: "Secret", namespace: "shop", name: "web" },
  reason: "",
  lock: "helm/shop/web",
};

function setUp() {
  const entries: AuditEntry[] = [];
  const audited = createAudited(
    (_view, entry) => entries.push(entry),
    createMasker(),
    () => "2026-03-01T09:00:00Z",
  );
  return { entries, audited };
}

describe("what is done under audit", () => {
  it("is written down as accepted, with where from and where to, and no empty reason", async () => {
    const { entries, audited } = setUp();
    const outcome: Outcome = { message: "It was done.", from: "1", to: "2" };
    await expect(audited(asked, async () => outcome)).resolves.toBe(outcome);
    expect(entries).toEqual([
      {
        time: "2026-03-01T09:00:00Z",
        event: "action",
        who: "ada",
        cluster: "sandbox",
        unit: "helm/shop/web",
        action: "sync",
        result: "accepted",
        from: "1",
        to: "2",
        message: "It was done.",
      },
    ]);
  });

  it("is refused when Driftglass or the cluster says no, and has failed otherwise", async () => {
    const { entries, audited } = setUp();
    const faults = [
      notAllowed("needs patch on secrets"),
      new KubeError(403, "Forbidden", "no"),
      apiError(504, "tool-timeout", "helm could not be run."),
      new KubeError(0, "Unreachable", "it does not answer"),
      new Error("a fault of ours"),
    ];
    for (const fault of faults) {
      const work = async (): Promise<Outcome> => {
        throw fault;
      };
      await expect(audited(asked, work)).rejects.toBe(fault);
    }
    expect(entries.map(({ result }) => result)).toEqual(["refused", "refused", "failed", "failed", "failed"]);
    expect(entries[0]?.message).toBe("Needs patch on secrets.");
  });

  it("is refused while the same thing is being worked on", async () => {
    const { entries, audited } = setUp();
    let finish: (outcome: Outcome) => void = () => undefined;
    const first = audited(asked, () => new Promise<Outcome>((resolve) => (finish = resolve)));
    await expect(audited(asked, async () => ({ message: "too soon" }))).rejects.toMatchObject({
      problem: { status: 409, code: "conflict" },
    });
    finish({ message: "It was done." });
    await first;
    expect(entries.map(({ result }) => result)).toEqual(["refused", "accepted"]);
  });
});
