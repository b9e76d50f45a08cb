import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, Header } from "tar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ManifestObject } from "#lib/diff/manifest-object.ts";
import { locateArtifact } from "./artifact-location.ts";
import { buildDigest, retainedArtifactUrl } from "./build-digest.ts";
import { ignoredPaths, parseIgnoreRules } from "./ignore-rules.ts";
import { matchesSelector } from "./label-selector.ts";
import { findRemoteBase, isRemote } from "./remote-bases.ts";
import { appliedRevision, shortRevision } from "./source.ts";
import { unpackArtifact } from "./unpack.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "flux-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fresh(): Promise<string> {
  return mkdtemp(join(folder, "out-"));
}

/** An archive of one entry with this header, as no honest source would write it. */
function hostile(header: {
  path: string;
  type: "File" | "SymbolicLink" | "Link";
  linkpath?: string;
  size?: number;
}): Buffer {
  const block = Buffer.alloc(512);
  new Header({ mode: 0o644, size: 0, mtime: new Date(0), ...header }).encode(block);
  return Buffer.concat([block, Buffer.alloc(Math.ceil((header.size ?? 0) / 512) * 512, "x"), Buffer.alloc(1024)]);
}

describe("unpackArtifact", () => {
  it("unpacks files and folders", async () => {
    await mkdir(join(folder, "in/deploy"), { recursive: true });
    await writeFile(join(folder, "in/deploy/a.yaml"), "a: 1\n");
    const chunks: Buffer[] = [];
    for await (const chunk of create({ cwd: join(folder, "in"), gzip: true }, ["."])) chunks.push(chunk);
    const out = await fresh();
    await unpackArtifact(Buffer.concat(chunks), out);
    expect(await readdir(join(out, "deploy"))).toEqual(["a.yaml"]);
  });

  it.each([
    ["a symbolic link", { path: "a", type: "SymbolicLink", linkpath: "/etc" }, "something else than files"],
    ["a hard link", { path: "a", type: "Link", linkpath: "b" }, "something else than files"],
    ["a path that leads out", { path: "../evil", type: "File" }, "leads out of its folder"],
    ["an absolute path", { path: "/evil", type: "File" }, "leads out of its folder"],
    ["too much", { path: "big", type: "File", size: 5000 }, "unpacks to more than"],
  ] as const)("refuses %s and writes nothing", async (_what, header, message) => {
    const out = await fresh();
    await expect(unpackArtifact(hostile(header), out, { files: 10, bytes: 4000 })).rejects.toThrow(message);
    expect(await readdir(out)).toEqual([]);
  });

  it("refuses too many files, and what is no archive", async () => {
    const entry = hostile({ path: "a", type: "File" }).subarray(0, 512);
    await expect(
      unpackArtifact(Buffer.concat([entry, entry, entry, Buffer.alloc(1024)]), await fresh(), {
        files: 2,
        bytes: 1000,
      }),
    ).rejects.toThrow("more than 2 files");
    await expect(unpackArtifact(Buffer.from("no archive at all ".repeat(100)), await fresh())).rejects.toThrow(
      "can't be unpacked",
    );
  });
});

describe("locateArtifact", () => {
  it("asks Services through the API server and allowed hosts directly", () => {
    expect(
      locateArtifact("http://source-controller.flux-system.svc.cluster.local./gitrepository/a/b/c.tar.gz", []),
    ).toEqual({
      via: "service-proxy",
      path: "/api/v1/namespaces/flux-system/services/http:source-controller:80/proxy/gitrepository/a/b/c.tar.gz",
    });
    expect(locateArtifact("http://127.0.0.1:9090/a.tar.gz", ["127.0.0.1:9090"])).toEqual({
      via: "direct",
      url: "http://127.0.0.1:9090/a.tar.gz",
    });
  });

  it.each([
    "http://127.0.0.1/a",
    "http://169.254.169.254/latest",
    "http://127.0.0.1:9091/a",
    "https://example.com/a",
    "file:///etc/passwd",
    "http://u:p@127.0.0.1:9090/a",
    "http://a.b.svc/x?y=1",
    "http://a.b.svc/%2e%2e/x",
    "nonsense",
    "http://evil/.svc",
    "http://[::1]/a",
  ])("refuses %s", (url) => {
    const location = locateArtifact(url, ["127.0.0.1:9090"]);
    expect(
      location?.via === "service-proxy" ? location.path.includes("..") || location.path.includes("%2e") : location,
    ).toBeFalsy();
  });
});

describe("findRemoteBase", () => {
  it("follows local folders to what would be fetched", async () => {
    const root = await fresh();
    await mkdir(join(root, "overlay"));
    await mkdir(join(root, "base"));
    await writeFile(join(root, "overlay/kustomization.yaml"), "resources: [../base, a.yaml]\n");
    await writeFile(join(root, "base/kustomization.yaml"), "resources: [http://169.254.169.254/x.yaml]\n");
    expect(await findRemoteBase(root, "overlay")).toBe("http://169.254.169.254/x.yaml");
    await writeFile(
      join(root, "base/kustomization.yaml"),
      "configMapGenerator: [{name: a, files: ['key=https://x/y']}]\n",
    );
    expect(await findRemoteBase(root, "overlay")).toBe("https://x/y");
    await writeFile(join(root, "base/kustomization.yaml"), "resources: [b.yaml, ../overlay]\n");
    expect(await findRemoteBase(root, "overlay")).toBeUndefined();
  });

  it("finds what kustomize's own plugins would fetch, inline, in a file or in a folder", async () => {
    const root = await fresh();
    const kustomization = join(root, "kustomization.yaml");
    const plugin =
      "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: a}\nfiles: ['x=http://169.254.169.254/m']\n";
    await writeFile(join(root, "generator.yaml"), plugin);
    await writeFile(kustomization, "generators: [generator.yaml]\n");
    expect(await findRemoteBase(root, "")).toBe("x=http://169.254.169.254/m");
    await writeFile(kustomization, `Transformers:\n- |\n  ${plugin.replaceAll("\n", "\n  ")}\n`);
    expect(await findRemoteBase(root, "")).toBe("x=http://169.254.169.254/m");
    await mkdir(join(root, "plugins"));
    await writeFile(join(root, "plugins/kustomization.yaml"), "resources: [g.yaml]\n");
    await writeFile(join(root, "plugins/g.yaml"), plugin);
    await writeFile(kustomization, "generators: [plugins]\n");
    expect(await findRemoteBase(root, ".")).toBe("x=http://169.254.169.254/m");
  });

  it("reads names of fields in any case, as Go does, and takes what it can't read for remote", async () => {
    const root = await fresh();
    await writeFile(join(root, "kustomization.yaml"), "RESOURCES: [http://10.0.0.1/x.yaml]\n");
    expect(await findRemoteBase(root, ".")).toBe("http://10.0.0.1/x.yaml");
    await writeFile(join(root, "kustomization.yaml"), "resources: [a\n");
    expect(await findRemoteBase(root, ".")).toMatch(/can't be read/);
  });

  it.each([
    "https://a/b.yaml",
    "git@github.com:a/b",
    "github.com/a/b?ref=v1",
    "ssh://a",
    "git::https://a/b",
    "a/b.git",
  ])("takes %s for remote", (entry) => expect(isRemote(entry)).toBe(true));
  it.each(["../base", "./a.yaml", "deployment.yaml", "com.example/file.yaml"])("takes %s for local", (entry) =>
    expect(isRemote(entry)).toBe(false),
  );
});

describe("ignoredPaths", () => {
  const object: ManifestObject = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web-1", namespace: "shop", labels: { tier: "front" } },
  };
  const paths = (target: unknown) => ignoredPaths(object, parseIgnoreRules([{ paths: ["/spec/replicas"], target }]));

  it("applies rules whose target matches as a whole", () => {
    expect(paths(undefined)).toEqual(["/spec/replicas"]);
    expect(paths({ kind: "Deployment", name: "web-.*" })).toEqual(["/spec/replicas"]);
    expect(paths({ kind: "Deploy" })).toEqual([]);
    expect(paths({ group: "apps", labelSelector: "tier in (front,back)" })).toEqual(["/spec/replicas"]);
    expect(paths({ annotationSelector: "x=y" })).toEqual([]);
  });

  it("takes a pattern that could run for ages literally", () => {
    expect(paths({ name: "(a+)+" })).toEqual([]);
    expect(paths({ name: "[" })).toEqual([]);
  });

  it.each([
    ["a=1", true],
    ["a!=1", false],
    ["!b", true],
    ["b", false],
    ["a,!b", true],
    ["a notin (2)", true],
    ["b!=1", true],
    ["a in (2, 1)", true],
    ["a >> 1", false],
  ])("reads the selector %s", (selector, expected) => {
    expect(matchesSelector({ a: "1" }, selector)).toBe(expected);
  });
});

describe("revisions", () => {
  it("take what was applied before its health check for applied", () => {
    const kustomization = (reason: string) => ({
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: { name: "a" },
      status: {
        lastAppliedRevision: "main@sha1:old",
        lastAttemptedRevision: "main@sha1:new",
        conditions: [{ type: "Ready", status: "False", reason }],
      },
    });
    expect(appliedRevision(kustomization("HealthCheckFailed"))).toBe("main@sha1:new");
    expect(appliedRevision(kustomization("BuildFailed"))).toBe("main@sha1:old");
  });

  it("read short, and name the artifact that is kept of an earlier one", () => {
    const [now, then] = ["a".repeat(40), "b".repeat(40)];
    expect(shortRevision(`main@sha1:${now}`)).toBe("main@aaaaaaa");
    expect(
      retainedArtifactUrl(
        { url: `http://s/${now}.tar.gz`, revision: `main@sha1:${now}`, digest: "" },
        `main@sha1:${then}`,
      ),
    ).toBe(`http://s/${then}.tar.gz`);
    expect(
      retainedArtifactUrl(
        { url: "http://s/latest.tar.gz", revision: `main@sha1:${now}`, digest: "" },
        `main@sha1:${then}`,
      ),
    ).toBeUndefined();
  });

  it("have a build digest that does not depend on owner labels", () => {
    const labels = "    kustomize.toolkit.fluxcd.io/name: a\n    kustomize.toolkit.fluxcd.io/namespace: b\n";
    expect(buildDigest(`metadata:\n  labels:\n${labels}  name: x\n---\n`)).toBe(buildDigest("metadata:\n  name: x\n"));
    expect(buildDigest(`metadata:\n  labels:\n    app: y\n${labels}  name: x\n---\n`)).toBe(
      buildDigest("metadata:\n  labels:\n    app: y\n  name: x\n"),
    );
  });
});
