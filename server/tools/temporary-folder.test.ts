import { mkdir, mkdtemp, readdir, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { removeLeftovers, temporaryFolder } from "./temporary-folder.ts";

describe("a temporary folder", () => {
  it("is the process's own and nobody else's to enter", async () => {
    const folder = await temporaryFolder();
    expect(basename(folder)).toMatch(new RegExp(`^driftglass-${process.pid}-`));
    expect(((await stat(folder)).mode & 0o777).toString(8)).toBe("700");
    await rm(folder, { recursive: true });
  });

  it("of a process that was killed is removed by the next one, and nothing else is", async () => {
    const directory = await mkdtemp(join(tmpdir(), "leftovers-test-"));
    // No process has a number this high.
    const dead = "driftglass-999999999-aaaaaa";
    const kept = [`driftglass-${process.pid}-bbbbbb`, `driftglass-${process.ppid}-cccccc`, "driftglass-notes", "other"];
    for (const name of [dead, ...kept]) await mkdir(join(directory, name));
    await symlink("/", join(directory, "driftglass-999999999-dddddd"));
    expect(await removeLeftovers(directory, 0)).toEqual([dead]);
    expect((await readdir(directory)).toSorted()).toEqual([...kept, "driftglass-999999999-dddddd"].toSorted());
    expect(await removeLeftovers(directory, Date.now() + 60_000)).toEqual([`driftglass-${process.pid}-bbbbbb`]);
    await rm(directory, { recursive: true });
  });
});
