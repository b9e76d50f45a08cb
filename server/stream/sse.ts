const encoder = new TextEncoder();
const lineBreak = /\r\n|\r|\n/;

/**
 * One message of `text/event-stream`. Data may hold line breaks of any kind; an event name or id may not.
 * @throws RangeError when an event name or id would break out of its line.
 */
export function sseMessage(message: { event?: string; id?: string; data: string }): Uint8Array {
  let text = "";
  if (message.event !== undefined) text += `event: ${oneLine(message.event)}\n`;
  if (message.id !== undefined) text += `id: ${oneLine(message.id)}\n`;
  for (const line of message.data.split(lineBreak)) text += `data: ${line}\n`;
  return encoder.encode(`${text}\n`);
}

/** A comment: keeps proxies from closing the connection, and is never seen by the page. */
export function sseComment(text: string): Uint8Array {
  return encoder.encode(`: ${oneLine(text)}\n\n`);
}

function oneLine(text: string): string {
  if (/[\r\n\0]/.test(text)) throw new RangeError("line breaks can't stand in an SSE field");
  return text;
}
