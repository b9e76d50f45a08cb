import type { Bench } from "./measure/bench.ts";

/** Changes things at random for so long, then compares the list with a fresh one and looks at memory. Returns what to say. @throws Error when the lists differ */
export async function soak(bench: Bench, minutes: number, rate: number): Promise<string> {
  const { changes, memoryBefore, memory, memoryAfter } = await bench.soak(minutes, rate);
  return `${changes} changes in ${minutes} minutes: the list equals a fresh one; resident memory ${memoryBefore} MiB before, ${memory.join(", ")} MiB at each tenth of the time, ${memoryAfter} MiB after`;
}
