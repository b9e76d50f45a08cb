import { describe, expect, it } from "vitest";
import { parseLogLine, type LogEvent } from "#lib/api/log-lines.ts";
import { mergeLogs, type LogToMerge } from "./merged-logs.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(bytes(text));
}
const log = (pod: string, open: LogToMerge["open"]): LogToMerge => ({ namespace: "n", pod, container: "c", open });

async function eventsOf(logs: LogToMerge[]): Promise<LogEvent[]> {
  let text = "";
  for await (const chunk of mergeLogs(logs)) text += new TextDecoder().decode(chunk);
  return text.split("\n").flatMap((line) => (line === "" ? [] : (parseLogLine(line) ?? [])));
}
const texts = (events: LogEvent[]) =>
  events.flatMap((event) => (event.kind === "line" ? [`${event.source}:${event.text}`] : []));

describe("mergeLogs", () => {
  it("names the sources first and joins lines that came in pieces", async () => {
    const events = await eventsOf([
      log("a", () => Promise.resolve(pieces("one\ntw", "o\nthree"))),
      log("b", () => Promise.resolve(pieces("four\n"))),
    ]);
    expect(events[0]).toMatchObject({ kind: "sources", sources: [{ pod: "a" }, { pod: "b" }] });
    expect(texts(events).toSorted()).toEqual(["0:one", "0:three", "0:two", "1:four"]);
  });

  it("goes on with the others when one can't be read", async () => {
    const events = await eventsOf([
      log("a", () => Promise.reject(new Error("container app is waiting to start"))),
      log("b", () => Promise.resolve(pieces("fine\n"))),
    ]);
    expect(events).toContainEqual({ kind: "fault", source: 0, message: "container app is waiting to start" });
    expect(texts(events)).toEqual(["1:fine"]);
  });

  it("keeps a character whole that was cut between two pieces", async () => {
    const word = bytes("grün\n");
    async function* halves(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(word.slice(0, 3));
      yield word.slice(3);
    }
    expect(texts(await eventsOf([log("a", () => Promise.resolve(halves()))]))).toEqual(["0:grün"]);
  });

  it("does not wait for a silent log to show another's lines", async () => {
    const silent: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
    };
    const merged = mergeLogs([
      log("a", () => Promise.resolve(silent)),
      log("b", () => Promise.resolve(pieces("heard\n"))),
    ]);
    await merged.next();
    const { value } = await merged.next();
    expect(new TextDecoder().decode(value ?? bytes(""))).toBe("1 heard\n");
  });

  it("cuts a line that does not end", async () => {
    const events = await eventsOf([log("a", () => Promise.resolve(pieces("x".repeat(70_000), "y\n")))]);
    expect(texts(events).map((text) => text.length)).toEqual([70_002, 3]);
  });
});
