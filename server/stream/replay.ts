interface Sent {
  readonly first: number;
  readonly sequence: number;
  readonly bytes: Uint8Array;
}

const maxMessages = 1000;
const maxBytes = 2 * 1024 * 1024;

/** The last messages of a view, so that a client that was away for a moment can go on where it was. Bounded. */
export class ReplayBuffer {
  #messages: Sent[] = [];
  #bytes = 0;
  #sequence: number;

  /** @param sequence number of the last event before this buffer. */
  constructor(sequence: number) {
    this.#sequence = sequence;
  }

  /** Number of the last event that was sent. */
  get sequence(): number {
    return this.#sequence;
  }

  add(first: number, sequence: number, bytes: Uint8Array): void {
    this.#messages.push({ first, sequence, bytes });
    this.#bytes += bytes.byteLength;
    this.#sequence = sequence;
    while (this.#messages.length > maxMessages || (this.#bytes > maxBytes && this.#messages.length > 0)) {
      this.#bytes -= this.#messages.shift()?.bytes.byteLength ?? 0;
    }
  }

  /** The messages after this number, or undefined when some of them are gone (or the number is not ours). */
  after(sequence: number): Uint8Array[] | undefined {
    if (sequence === this.#sequence) return [];
    const oldest = this.#messages[0];
    if (!oldest || sequence > this.#sequence || oldest.first > sequence + 1) return undefined;
    return this.#messages.filter((message) => message.sequence > sequence).map((message) => message.bytes);
  }
}
