/** A step of the build as far as time is concerned: `weight` is what it takes on the reference machine. */
export interface TimedStep {
  readonly weight: number;
  /** Seconds it took here, once it is done. */
  readonly seconds?: number;
}

export interface Progress {
  /** 0 to 1, by weight. */
  readonly fraction: number;
  /** About how long the rest takes. */
  readonly secondsLeft: number;
}

/**
 * How far a build is: `steps` in order, of which the first without `seconds` has been running for `running`
 * seconds. This machine's speed is learned from the finished steps; a step that takes longer than foreseen
 * creeps towards its end without ever claiming to have reached it.
 */
export function estimateProgress(steps: readonly TimedStep[], running: number): Progress {
  const done = steps.filter((step) => step.seconds !== undefined);
  const doneWeight = sum(done.map((step) => step.weight));
  const total = sum(steps.map((step) => step.weight));
  // A few seconds' worth of the reference speed keeps the first tiny step from deciding everything.
  const anchor = 30;
  const speed = (anchor + sum(done.map((step) => step.seconds ?? 0))) / (anchor + doneWeight);
  const current = steps.find((step) => step.seconds === undefined);
  if (!current) return { fraction: 1, secondsLeft: 0 };
  const expected = Math.max(current.weight * speed, 1);
  const share = running < expected * 0.9 ? running / expected : 1 - 0.1 / (1 + (running - expected * 0.9) / expected);
  const weightLeft = total - doneWeight - current.weight * share;
  return { fraction: total === 0 ? 1 : 1 - weightLeft / total, secondsLeft: Math.round(weightLeft * speed) };
}

/** `about 4 min`, `about 20 s`: as exact as an estimate deserves. */
export function formatTimeLeft(seconds: number): string {
  if (seconds >= 90) return `about ${Math.round(seconds / 60)} min`;
  return `about ${Math.max(5, Math.round(seconds / 5) * 5)} s`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}
