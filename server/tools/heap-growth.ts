import { setFlagsFromString } from "node:v8";

/** The flags by which V8 keeps its heap small once the first list has been read: it cleans up after each growth by a quarter, and moves together what is left. */
export const smallHeap = ["--heap-growing-percent=25", "--optimize-for-size"];

let free = false;

/**
 * Lets the heap grow by half until {@link growLittle}: while the first list is read nearly all that is made stays, and cleaning up so often would be a fifth of that time for
 * nothing. Does nothing in a process that was not started with {@link smallHeap}.
 */
export function growFreely(): void {
  if (!smallHeap.every((flag) => process.execArgv.includes(flag))) return;
  free = true;
  for (const flag of ["--no-optimize-for-size", "--heap-growing-percent=50"]) setFlagsFromString(flag);
}

/** Back to {@link smallHeap}, before more is kept. */
export function growLittle(): void {
  if (!free) return;
  free = false;
  for (const flag of smallHeap) setFlagsFromString(flag);
}
