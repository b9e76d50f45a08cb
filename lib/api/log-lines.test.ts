import { describe, expect, it } from "vitest";
import { faultLine, logLine, parseLogLine, sourcesLine } from "./log-lines.ts";

const back = (line: string) => parseLogLine(line.replace(/\n$/, ""));

describe("lines of several logs", () => {
  it("name their containers first", () => {
    const sources = [{ namespace: "a", pod: "p-0", container: "app" }];
    expect(back(sourcesLine(sources))).toEqual({ kind: "sources", sources });
  });
  it("carry the container's place, the time and the text as it was written", () =>
    expect(back(logLine(12, "2026-11-22T10:00:00.123456789Z  3 #! {x}"))).toEqual({
      kind: "line",
      source: 12,
      time: "2026-11-22T10:00:00.123456789Z",
      text: " 3 #! {x}",
    }));
  it("may have no time and no text", () => {
    expect(back(logLine(0, "not a time"))).toMatchObject({ time: "", text: "not a time" });
    expect(back(logLine(0, "2026-11-22T10:00:00Z "))).toMatchObject({ text: "" });
  });
  it("say on one line why a log can't be read", () =>
    expect(back(faultLine(3, "no\nsuch container"))).toEqual({
      kind: "fault",
      source: 3,
      message: "no such container",
    }));
});
