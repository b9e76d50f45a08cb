import { lineRuns, packRuns } from "#lib/diff/line-runs.ts";

/** What the worker is asked. */
export type RunsQuestion = { readonly id: number; readonly from: string; readonly to: string };

/** What it answers. */
export type RunsAnswer = { readonly id: number; readonly packed: Int32Array<ArrayBuffer> };

// The same global is typed as a window's; in a worker, `postMessage` takes what is handed over.
const port = globalThis as unknown as {
  onmessage: ((event: MessageEvent<RunsQuestion>) => void) | null;
  postMessage: (answer: RunsAnswer, handedOver: Transferable[]) => void;
};

port.onmessage = ({ data: { id, from, to } }) => {
  const packed = packRuns(lineRuns(from, to));
  port.postMessage({ id, packed }, [packed.buffer]);
};
