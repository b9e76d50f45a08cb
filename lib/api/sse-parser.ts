/**
 * Reads `text/event-stream` as it comes, in pieces cut anywhere, and hands on the data of each message. Event names, ids and comments
 * are passed over: every message of ours is one JSON text. Source of the rules: WHATWG HTML, "Interpreting an event stream".
 */
export class SseParser {
  readonly #onData: (data: string) => void;
  readonly #decoder = new TextDecoder();
  #rest = "";
  #data: string[] = [];

  constructor(onData: (data: string) => void) {
    this.#onData = onData;
  }

  push(bytes: Uint8Array): void {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    // A CR at the end may be half of a CRLF: it waits for what follows.
    const lines = this.#rest.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
  }

  #line(line: string): void {
    if (line === "") {
      if (this.#data.length > 0) this.#onData(this.#data.join("\n"));
      this.#data = [];
      return;
    }
    const match = /^data(?:: ?(.*))?$/s.exec(line);
    if (match) this.#data.push(match[1] ?? "");
  }
}
