import { describe, expect, it } from "vitest";
import { testArguments } from "./test.ts";
import { uninstallArguments } from "./uninstall.ts";

const place = { release: "ledger", namespace: "billing" };

describe("the helm program's arguments", () => {
  it("uninstall a release, and keep its history only when that is asked for", () => {
    const common = ["uninstall", "ledger", "--namespace=billing", "--timeout=300s"];
    expect(uninstallArguments(place, false)).toEqual(common);
    expect(uninstallArguments(place, true)).toEqual([...common, "--keep-history"]);
  });

  it("test a release", () => {
    expect(testArguments(place)).toEqual(["test", "ledger", "--namespace=billing", "--timeout=300s"]);
  });

  it("never take a name for an option", () => {
    for (const release of ["--all", "-n", "a b"]) {
      expect(() => uninstallArguments({ ...place, release }, false)).toThrow("not a Kubernetes name");
      expect(() => testArguments({ ...place, release })).toThrow("not a Kubernetes name");
    }
  });
});
