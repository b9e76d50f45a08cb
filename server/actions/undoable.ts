/** One step of a change that has to be whole or not at all. */
export interface Step {
  /** What it does, as part of a sentence: "pin GitRepository/web". */
  readonly words: string;
  perform(): Promise<void>;
  /** Takes it back; also called when `perform` has failed, because nobody knows how far that came. Absent when there is nothing to take back. */
  undo?(): Promise<void>;
}

/** Steps of which one has failed; `message` is that failure's. */
export class StepsError extends Error {
  override readonly name = "StepsError";
  /** What was being done. */
  readonly failed: string;
  /** What was done and taken back again, in the order in which it was done. */
  readonly undone: readonly string[];
  /** What was done and could not be taken back, with why. */
  readonly left: readonly string[];
  constructor(cause: unknown, failed: string, undone: readonly string[], left: readonly string[]) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.failed = failed;
    this.undone = undone;
    this.left = left;
  }
}

/** Takes the steps one after the other; when one fails, takes back what was done, the last first. @throws StepsError */
export async function takeSteps(steps: readonly Step[]): Promise<void> {
  const begun: Step[] = [];
  for (const step of steps) {
    begun.push(step);
    try {
      await step.perform();
    } catch (cause) {
      throw await takenBack(begun, step, cause);
    }
  }
}

async function takenBack(begun: readonly Step[], failed: Step, cause: unknown): Promise<StepsError> {
  const undone: string[] = [];
  const left: string[] = [];
  for (const step of begun.toReversed()) {
    if (step.undo === undefined) continue;
    try {
      await step.undo();
      if (step !== failed) undone.unshift(step.words);
    } catch (error) {
      left.unshift(`${step.words} (${error instanceof Error ? error.message : String(error)})`);
    }
  }
  return new StepsError(cause, failed.words, undone, left);
}
