import { lstat, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes a folder that only this process's user can enter. Its name tells whose it is, for {@link removeLeftovers}. */
export async function temporaryFolder(): Promise<string> {
  return await realpath(await mkdtemp(join(tmpdir(), `driftglass-${process.pid}-`)));
}

/**
 * Removes what servers that were killed could not: their folders may hold the kubeconfig of somebody. Only folders of this user whose process has
 * gone, or whose number this process has got after them (in a container it is the same each time). Never fails.
 *
 * @returns the names of what was removed
 */
export async function removeLeftovers(directory = tmpdir(), since = performance.timeOrigin): Promise<string[]> {
  const removed: string[] = [];
  for (const name of await readdir(directory).catch((): string[] => [])) {
    const pid = Number(/^driftglass-(\d+)-[A-Za-z0-9]{6}$/.exec(name)?.[1]);
    if (!Number.isSafeInteger(pid)) continue;
    const path = join(directory, name);
    try {
      const folder = await lstat(path);
      const mine = folder.isDirectory() && folder.uid === process.getuid?.();
      const gone = pid === process.pid ? folder.ctimeMs < since : !isRunning(pid);
      if (!mine || !gone) continue;
      await rm(path, { recursive: true, force: true });
      removed.push(name);
    } catch {
      // Somebody else's, or gone already.
    }
  }
  return removed;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    // EPERM: it runs, as somebody else.
    return fault instanceof Error && "code" in fault && fault.code === "EPERM";
  }
}
