import type { BuildListener } from "./build.ts";
import { estimateProgress, formatTimeLeft } from "./progress.ts";
import type { BuildStep } from "./steps.ts";

/** Tells a person what is being built, how far it is and about how long it takes. */
export class ProgressReporter {
  readonly #steps: readonly BuildStep[];
  readonly #listener: BuildListener;
  readonly #seconds = new Map<string, number>();

  constructor(steps: readonly BuildStep[], listener: BuildListener) {
    this.#steps = steps;
    this.#listener = listener;
    if (steps.length === 0) return;
    const { secondsLeft } = estimateProgress(steps, 0);
    listener.report(
      `Building ${steps.length} ${steps.length === 1 ? "program" : "programs"} from source, once: ` +
        `${formatTimeLeft(secondsLeft)} on two cores. Ctrl-C is fine, the next start goes on from there.`,
    );
  }

  /** Runs one step, with a line of progress each second and a line to keep at its end. */
  async during(step: BuildStep, work: (onPackage: (name: string) => void) => Promise<void>): Promise<void> {
    const started = Date.now();
    const number = this.#steps.indexOf(step) + 1;
    let latest = "";
    const show = (): void => {
      const running = (Date.now() - started) / 1000;
      const timed = this.#steps.map((one) => {
        const seconds = this.#seconds.get(one.name);
        return seconds === undefined ? { weight: one.weight } : { weight: one.weight, seconds };
      });
      const { fraction, secondsLeft } = estimateProgress(timed, running);
      const percent = Math.floor(fraction * 100);
      this.#listener.progress(
        `[${number}/${this.#steps.length}] ${step.title}  ${percent} %, ${formatTimeLeft(secondsLeft)} left  ${latest}`,
      );
    };
    show();
    const timer = setInterval(show, 1000);
    try {
      await work((name) => (latest = name));
    } finally {
      clearInterval(timer);
    }
    const seconds = (Date.now() - started) / 1000;
    this.#seconds.set(step.name, seconds);
    this.#listener.report(`[${number}/${this.#steps.length}] ${step.title}: built in ${Math.round(seconds)} s`);
  }
}
