/** How long one view may keep the process to itself when thousands of rows change at once; milliseconds. */
const slice = 25;

/** Runs one piece of work soon, however often it is asked for, and a slice at a time, so that one view never keeps the process from everybody else. */
export class Turns {
  readonly #work: (until: number) => void;
  readonly #pause: () => number;
  #immediate: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /**
   * @param work does what it can until the given time (on the clock of `performance.now`) and asks for `more` if something is left
   * @param pause milliseconds between two turns; 0 for none
   */
  constructor(work: (until: number) => void, pause: () => number = () => 0) {
    this.#work = work;
    this.#pause = pause;
  }

  /** There is something to do. */
  soon(): void {
    if (this.#closed || this.#immediate || this.#timer) return;
    this.more();
  }

  /** Something is left: the next turn comes after the pause or, without one, as soon as others have had theirs. */
  more(): void {
    const pause = this.#pause();
    if (pause === 0) this.again();
    else this.#timer ??= setTimeout(() => this.#run(performance.now() + slice), pause);
  }

  /** The next turn comes as soon as others have had theirs, whatever the pause. */
  again(): void {
    if (this.#closed || this.#immediate) return;
    this.#immediate = setImmediate(() => this.#run(performance.now() + slice));
  }

  /** Does it all now. */
  now(): void {
    this.#run(Number.POSITIVE_INFINITY);
  }

  close(): void {
    this.#closed = true;
    this.#clear();
  }

  #run(until: number): void {
    this.#clear();
    if (!this.#closed) this.#work(until);
  }

  #clear(): void {
    clearImmediate(this.#immediate);
    clearTimeout(this.#timer);
    this.#immediate = undefined;
    this.#timer = undefined;
  }
}
