import { ApiError, problem } from "#lib/api/errors.ts";
import { problemSchema } from "#lib/api/contract.ts";

/** Only so many lines are kept, so that a chatty pod does not fill the browser. */
const most = 5000;

/** Reads a log as it comes and hands over its lines, at most once in 100 ms. @throws ApiError when it is refused. */
export async function readLog(path: string, signal: AbortSignal, show: (lines: string[]) => void): Promise<void> {
  const response = await fetch(path, { signal });
  if (!response.ok || response.body === null) {
    const parsed = problemSchema.safeParse(await response.json().catch(() => undefined));
    throw new ApiError(parsed.data ?? problem(response.status, "unexpected", `The server answered ${response.status}`));
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let lines: string[] = [];
  let rest = "";
  let shown = 0;
  show(lines);
  for (;;) {
    const { done, value } = await reader.read();
    if (value !== undefined) {
      const pieces = (rest + value).split("\n");
      rest = pieces.pop() ?? "";
      lines = [...lines, ...pieces].slice(-most);
    }
    if (done && rest !== "") lines = [...lines, rest];
    if (done || performance.now() - shown > 100) {
      shown = performance.now();
      show(lines);
    }
    if (done) return;
  }
}
