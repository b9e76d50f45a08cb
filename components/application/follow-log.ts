/** Only so many lines are kept, so that a chatty pod does not fill the browser. */
const most = 5000;

/** Takes a log as it comes and hands over its last lines, at most ten times a second and once at its end. */
export async function followLog(
  pieces: AsyncIterable<string>,
  show: (lines: string[]) => void,
  now: () => number = () => performance.now(),
): Promise<void> {
  let lines: string[] = [];
  let rest = "";
  let shown = Number.NEGATIVE_INFINITY;
  for await (const piece of pieces) {
    const parts = (rest + piece).split("\n");
    rest = parts.pop() ?? "";
    lines = [...lines, ...parts].slice(-most);
    if (now() - shown < 100) continue;
    shown = now();
    show(lines);
  }
  show(rest === "" ? lines : [...lines, rest]);
}
