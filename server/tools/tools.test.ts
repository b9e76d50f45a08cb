import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTools } from "./create-tools.ts";
import { fluxBuildArguments } from "./flux-args.ts";

// The runner is tested with a shell script in the program's place: what is tested is the cage, not what is in it.
let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tools-test-"));
  program = join(folder, "helm");
  await writeFile(program, '#!/bin/sh\nPATH=/usr/bin:/bin\neval "$1"\n');
  await chmod(program, 0o700);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const tools = () =>
  createTools({
    paths: { helm: program },
    searchPath: "",
    maskText: (text) => text.replaceAll("hunter2", "‹masked›"),
    concurrency: 2,
  });

describe("createTools", () => {
  it("gives a program a private kubeconfig, an empty home and nothing of the server's environment", async () => {
    process.env["DRIFTGLASS_TEST_CANARY"] = "leaked";
    const { stdout } = await tools().run("helm", ['stat -c "%a" "$KUBECONFIG" . ; cat "$KUBECONFIG"; env'], {
      kubeconfig: "KUBE",
    });
    expect(stdout.split("\n").slice(0, 2)).toEqual(["600", "700"]);
    expect(stdout).toContain("KUBE");
    expect(stdout).not.toContain("leaked");
    expect(stdout).toContain("HELM_PLUGINS=");
  });

  it("leaves nothing behind", async () => {
    const before = await readdir(tmpdir());
    const { stdout } = await tools().run("helm", ["pwd; echo x > left"], {});
    expect(before.includes(stdout.trim().split("/").at(-1) ?? "")).toBe(false);
    await expect(readdir(stdout.trim())).rejects.toThrow("ENOENT");
  });

  it("masks what a program says on stderr and hands on its exit code", async () => {
    expect(await tools().run("helm", ["echo password hunter2 >&2; exit 3"])).toEqual({
      code: 3,
      stdout: "",
      stderr: "password ‹masked›\n",
    });
  });

  it("kills the whole process group of a program that takes too long", async () => {
    const marker = join(folder, "late");
    await expect(
      tools().run("helm", [`(sleep 0.6; touch ${marker}) & sleep 30`], { timeout: 200 }),
    ).rejects.toMatchObject({ fault: "timeout" });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await readdir(folder)).not.toContain("late");
  });

  it("stops a program that says too much", async () => {
    await expect(tools().run("helm", ["yes"], { maxOutput: 1000 })).rejects.toMatchObject({ fault: "output-limit" });
  });

  it("stops a program that is not wanted any more, and never starts one that waits", async () => {
    const controller = new AbortController();
    const one = createTools({ paths: { helm: program }, searchPath: "", maskText: String, concurrency: 1 });
    const running = one.run("helm", ["sleep 30"], { signal: controller.signal });
    const waiting = one.run("helm", ["sleep 30"], { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    expect(await Promise.allSettled([running, waiting])).toMatchObject([
      { reason: { fault: "aborted" } },
      { reason: { fault: "aborted" } },
    ]);
    expect((await one.run("helm", ["echo free"])).stdout).toBe("free\n");
  });

  it("runs what nobody waits for at a low priority", async () => {
    const runner = tools();
    // The priority is set once the program has begun.
    const wait = 'for i in $(seq 500); do [ "$(nice)" = "$0" ] && break; sleep 0.01; done; nice';
    const low = String(Math.min(getPriority() + 10, 19));
    const background = (): Promise<string> =>
      runner.run("helm", [wait.replace('"$0"', low)], { background: true }).then(({ stdout }) => stdout.trim());
    expect(await Promise.all([background(), background()])).toEqual([low, low]);
    expect((await runner.run("helm", ["nice"])).stdout.trim()).toBe(String(getPriority()));
  });

  it("limits memory", async () => {
    const small = createTools({
      paths: { helm: program },
      searchPath: "",
      maskText: String,
      memoryLimit: 64 * 1024 ** 2,
    });
    expect((await small.run("helm", ["ulimit -v; ulimit -c"])).stdout).toBe("65536\n0\n");
  });

  it("passes input and files, and lets arguments name them", async () => {
    const { stdout } = await tools().run("helm", (directory) => [`cat; cat ${directory}/values.yaml`], {
      stdin: "in ",
      files: { "values.yaml": "file" },
    });
    expect(stdout).toBe("in file");
    await expect(tools().run("helm", ["true"], { files: { "../x": "" } })).rejects.toThrow("plain file name");
  });

  it("says how to get a program that is missing", async () => {
    const none = createTools({ paths: { flux: "/nowhere/flux" }, searchPath: folder, maskText: String });
    await expect(none.run("kubectl", [])).rejects.toThrow(/kubectl was not found.*kubernetes\.io.*DRIFTGLASS_KUBECTL/);
    await expect(none.run("flux", [])).rejects.toMatchObject({
      fault: "missing",
      message: expect.stringContaining("DRIFTGLASS_FLUX names no program"),
    });
    expect(await none.locate("helm")).toBe(program);
  });
});

describe("fluxBuildArguments", () => {
  it("builds in memory, so that nothing outside the working directory can be read", () => {
    expect(
      fluxBuildArguments({
        name: "apps",
        namespace: "flux-system",
        path: "deploy",
        kustomizationFile: "ks.yaml",
        offline: true,
        strict: false,
      }),
    ).toEqual([
      "build",
      "kustomization",
      "apps",
      "--namespace=flux-system",
      "--path=deploy",
      "--kustomization-file=ks.yaml",
      "--in-memory-build",
      "--dry-run",
    ]);
  });

  it("takes no option for a name", () => {
    expect(() =>
      fluxBuildArguments({
        name: "--token=x",
        namespace: "a",
        path: ".",
        kustomizationFile: "k",
        offline: false,
        strict: false,
      }),
    ).toThrow("not a Kubernetes name");
  });
});
