import { describe, expect, it } from "vitest";
import { shortMessage } from "./message.ts";

describe("shortMessage", () => {
  it.each([
    [
      "health check failed after 30.02s: timeout waiting for: [Deployment/shop/backend status: 'InProgress', Job/shop/migrate status: 'Failed': Job Failed]",
      "not healthy: Deployment/backend (InProgress), Job/migrate (Job Failed)",
    ],
    [
      "health check failed after 12s: failed early due to stalled resources: [Deployment/search/search-api status: 'Failed']",
      "not healthy: Deployment/search-api (Failed)",
    ],
    ["Source artifact not found, retrying in 30s", "Source artifact not found"],
    [
      "kustomize build failed: accumulating resources: accumulation err='accumulating resources from 'a.yaml': open /data/tmp/kustomization-93/deploy/a.yaml: no such file or directory': lstat …",
      "kustomize build failed: deploy/a.yaml: no such file or directory",
    ],
    [
      'Deployment/shop/backend dry-run failed (Invalid): Deployment.apps "backend" is invalid:\n  spec.template: Required value',
      'Deployment/shop/backend dry-run failed (Invalid): Deployment.apps "backend" is invalid: spec.template: Required value',
    ],
    ["", ""],
  ])("makes a line of %j", (long, short) => {
    expect(shortMessage(long)).toBe(short);
  });

  it("cuts what no row has room for", () => {
    expect(shortMessage("x".repeat(1000))).toHaveLength(240);
  });
});
