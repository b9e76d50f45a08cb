import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeRelease, decodeSecretRelease } from "./decode.ts";

// What Helm itself writes is decoded in the sandbox's tests; these are the records that Helm does not write today.
const record = {
  name: "web",
  namespace: "shop",
  version: 3,
  info: { status: "deployed", first_deployed: "", last_deployed: "2026-01-02T03:04:05.678901+02:00", deleted: "" },
  manifest: "---\n",
  chart: { metadata: { name: "web", version: "1.0.0" } },
};
const encode = (value: unknown): string => gzipSync(JSON.stringify(value)).toString("base64");

describe("decodeRelease", () => {
  it("reads compressed records, with Helm 3's empty times as none", async () => {
    expect(await decodeRelease(encode(record))).toEqual({
      name: "web",
      namespace: "shop",
      version: 3,
      config: {},
      manifest: "---\n",
      hooks: [],
      chart: { metadata: { name: "web", version: "1.0.0" }, values: {} },
      info: { status: "deployed", lastDeployed: "2026-01-02T01:04:05.678Z" },
    });
  });

  it("reads records that were written before compression", async () => {
    expect((await decodeRelease(Buffer.from(JSON.stringify(record)).toString("base64"))).name).toBe("web");
  });

  it("reads a Secret's record, which is base64 once more, and Helm 4's apply method", async () => {
    const release = await decodeSecretRelease(
      Buffer.from(encode({ ...record, apply_method: "ssa" })).toString("base64"),
    );
    expect(release.applyMethod).toBe("ssa");
  });

  it.each([
    ["", "is empty"],
    ["not base64!", "not base64"],
    [Buffer.from("{").toString("base64"), "no JSON"],
    [gzipSync("{}").subarray(0, 12).toString("base64"), "can't be unpacked"],
    [encode([]), "no release"],
    [encode({ name: "x" }), "no revision number"],
  ])("says of a damaged record what is wrong with it (%#)", async (encoded, message) => {
    await expect(decodeRelease(encoded)).rejects.toThrow(message);
  });

  it("does not unpack a bomb", async () => {
    await expect(decodeRelease(gzipSync(Buffer.alloc(80 * 1024 * 1024)).toString("base64"))).rejects.toThrow(
      "more than 64 MiB",
    );
  });

  it("passes over parts of the wrong type", async () => {
    const release = await decodeRelease(
      encode({ name: "x", version: 1, config: "no", hooks: [null, { name: 1 }], info: 7, chart: { metadata: null } }),
    );
    expect(release).toMatchObject({ config: {}, hooks: [{ name: "", events: [] }], info: { status: "unknown" } });
  });
});
