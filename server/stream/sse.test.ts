import { describe, expect, it } from "vitest";
import { SseParser } from "#lib/api/sse-parser.ts";
import { sseComment, sseMessage } from "./sse.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe("sseMessage", () => {
  it("writes event, id and data, and an empty line at the end", () => {
    expect(text(sseMessage({ event: "message", id: "7", data: "{}" }))).toBe("event: message\nid: 7\ndata: {}\n\n");
  });

  it("keeps data with any kind of line break inside its message", () => {
    expect(text(sseMessage({ data: "a\nb\r\nc\rid: 9\n\nevent: evil" }))).toBe(
      "data: a\ndata: b\ndata: c\ndata: id: 9\ndata: \ndata: event: evil\n\n",
    );
  });

  it("refuses event names, ids and comments that would break out of their line", () => {
    for (const bad of ["a\nb", "a\rb", "a\0b"]) {
      expect(() => sseMessage({ event: bad, data: "" })).toThrow(RangeError);
      expect(() => sseMessage({ id: bad, data: "" })).toThrow(RangeError);
      expect(() => sseComment(bad)).toThrow(RangeError);
    }
  });

  it("is read back by the page's parser, however the bytes are cut", () => {
    const sent = ['{"a":"ü\u2028"}', "two\nlines", ""];
    const bytes = Uint8Array.from(
      sent.flatMap((data) => [...sseMessage({ event: "message", id: "1", data }), ...sseComment(".")]),
    );
    for (const size of [1, 2, 3, 7, bytes.length]) {
      const heard: string[] = [];
      const parser = new SseParser((data) => heard.push(data));
      for (let at = 0; at < bytes.length; at += size) parser.push(bytes.subarray(at, at + size));
      expect(heard).toEqual(sent);
    }
  });
});
