import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks a second, as Linux counts a process's time. */
const ticks = 100;

/** All processes below this one, and itself. */
function treeOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const fields = statOf(Number(entry));
    if (fields) parents.set(Number(entry), Number(fields[1]));
  }
  const tree = [pid];
  for (const known of tree) for (const [child, parent] of parents) if (parent === known) tree.push(child);
  return tree;
}

/** The fields of `/proc/PID/stat` after the program's name; undefined when it has gone. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

/** The most resident memory that the largest process of a tree ever had, in MiB: of a dashboard, its server. */
export function peakMemory(pid: number): number {
  return largest(pid, /VmHWM:\s+(\d+)/);
}

/** What the largest process of a tree has resident now, in MiB. */
export function residentMemory(pid: number): number {
  return largest(pid, /VmRSS:\s+(\d+)/);
}

function largest(pid: number, field: RegExp): number {
  const sizes = treeOf(pid).map((each) => {
    try {
      return Number(field.exec(readFileSync(`/proc/${each}/status`, "utf8"))?.[1] ?? 0) / 1024;
    } catch {
      return 0;
    }
  });
  return Math.max(...sizes);
}

/** Seconds of CPU that the largest process of a tree has used so far by itself, without programs that it has run: of a dashboard, its server. */
export function serverCpuSeconds(pid: number): number {
  const [largestFirst] = treeOf(pid)
    .map((each) => ({ fields: statOf(each) ?? [] }))
    .toSorted((a, b) => Number(b.fields[21] ?? 0) - Number(a.fields[21] ?? 0));
  const [user = 0, system = 0] = (largestFirst?.fields ?? []).slice(11, 13).map(Number);
  return (user + system) / ticks;
}

/** Seconds of CPU that a tree has used so far, user and system; what ended and was waited for is in it. */
export function cpuSeconds(pid: number): number {
  return treeOf(pid).reduce((sum, each) => {
    const fields = statOf(each) ?? [];
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15).map(Number);
    return sum + (user + system + childUser + childSystem) / ticks;
  }, 0);
}

/** Waits until a process and what it has started take less than a twentieth of a core for ten seconds, which is longer than a server waits for a page to load before it goes on with what nobody asks for; gives up after so many minutes. */
export async function atRest(pid: number, minutes: number): Promise<void> {
  for (const deadline = performance.now() + minutes * 60_000; performance.now() < deadline;) {
    const before = cpuSeconds(pid);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    if (cpuSeconds(pid) - before < 0.5) return;
  }
}
