/** Where lines go: a terminal shows progress in place, a file or pipe gets it now and then. */
export class TerminalOutput {
  readonly #stream: NodeJS.WriteStream;
  #pending = false;
  #lastPrinted = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** A line to keep. */
  line(text: string): void {
    this.#clear();
    this.#stream.write(`${text}\n`);
  }

  /** A line that the next one replaces. */
  progress(text: string): void {
    if (this.#stream.isTTY) {
      this.#clear();
      this.#stream.write(text.slice(0, this.#stream.columns - 1));
      this.#pending = true;
    } else if (Date.now() - this.#lastPrinted >= 15_000) {
      this.#lastPrinted = Date.now();
      this.#stream.write(`${text}\n`);
    }
  }

  #clear(): void {
    if (!this.#pending) return;
    this.#stream.clearLine(0);
    this.#stream.cursorTo(0);
    this.#pending = false;
  }
}
