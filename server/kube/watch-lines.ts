/** The longest line that is kept; an etcd object has at most 1.5 MB. */
const longest = 32 * 1024 * 1024;

/**
 * Cuts a stream of bytes into lines, without their newline; empty lines are left out. All lines that end in one chunk come together: the
 * caller can make one batch of them. Each byte is looked at once and copied only when a
 * line spans chunks. What follows the last newline is dropped: a watch that ends within a line has lost that event.
 *
 * @throws RangeError for a line of more than 32 MiB.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const piece = chunk.subarray(start, end);
      const line = pending.length === 0 ? textOf(piece) : textOf(Buffer.concat([...pending, piece]));
      pending = [];
      size = 0;
      start = end + 1;
      if (line !== "") lines.push(line);
    }
    if (start < chunk.length) {
      const rest = chunk.subarray(start);
      pending.push(rest);
      size += rest.length;
      if (size > longest) throw new RangeError("A line of the watch is too long.");
    }
    if (lines.length > 0) yield lines;
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
