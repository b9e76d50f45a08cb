import { describe, expect, it } from "vitest";
import type { LogEvent } from "#lib/api/log-lines.ts";
import { addToLog, emptyLog, filterLines, logText, nameOf } from "./log-buffer.ts";

const line = (time: string, text: string, source = 0): LogEvent => ({ kind: "line", source, time, text });
const sources: LogEvent = {
  kind: "sources",
  sources: [
    { namespace: "n", pod: "a", container: "app" },
    { namespace: "n", pod: "b", container: "app" },
    { namespace: "n", pod: "b", container: "proxy" },
  ],
};

describe("what is kept of logs", () => {
  it("stands in the order of time, whichever log was faster", () => {
    const first = addToLog(emptyLog, [sources, line("2026-01-01T00:00:02Z", "two", 1)]);
    const then = addToLog(first, [line("2026-01-01T00:00:01Z", "one"), line("2026-01-01T00:00:03Z", "three")]);
    expect(then.lines.map(({ text }) => text)).toEqual(["one", "two", "three"]);
    expect(new Set(then.lines.map(({ id }) => id)).size).toBe(3);
  });
  it("keeps what came first first where the time is the same or unknown", () =>
    expect(addToLog(emptyLog, [line("", "a"), line("", "b"), line("", "c")]).lines.map(({ text }) => text)).toEqual([
      "a",
      "b",
      "c",
    ]));
  it("lets the oldest go when there are too many, and counts them", () => {
    let state = emptyLog;
    for (let turn = 0; turn < 30; turn++)
      state = addToLog(state, [line(`${turn + 10}`, `${turn}`), line(`${turn + 10}`, "x")], 10);
    expect(state.lines).toHaveLength(10);
    expect(state.dropped).toBe(50);
    expect(state.lines.at(-2)?.text).toBe("29");
    expect(new Set(state.lines.map(({ id }) => id)).size).toBe(10);
  });
  it("has no colours of terminals", () =>
    expect(addToLog(emptyLog, [line("", "\u001B[31mred\u001B[0m")]).lines[0]?.text).toBe("red"));
  it("says of each log why it can't be read", () =>
    expect(addToLog(emptyLog, [{ kind: "fault", source: 2, message: "gone" }]).faults.get(2)).toBe("gone"));
});

describe("the filter of logs", () => {
  it("wants all words, in any case", () => {
    const { lines } = addToLog(emptyLog, [line("", "GET /health 200"), line("", "POST /health"), line("", "get /x")]);
    expect(filterLines(lines, "get HEALTH").map(({ text }) => text)).toEqual(["GET /health 200"]);
    expect(filterLines(lines, "  ")).toBe(lines);
  });
});

describe("a downloaded log", () => {
  it("says whose each line is, and when it was written where that is asked", () => {
    const state = addToLog(emptyLog, [
      sources,
      line("2026-01-01T00:00:01Z", "one"),
      line("2026-01-01T00:00:02Z", "two", 2),
    ]);
    expect(logText(state, true)).toBe("2026-01-01T00:00:01Z [a] one\n2026-01-01T00:00:02Z [b/proxy] two\n");
    expect(logText({ ...state, sources: state.sources.slice(0, 1) }, false)).toContain("one\n");
  });
  it("names the container only where a pod has several in sight", () => {
    const { sources: known } = addToLog(emptyLog, [sources]);
    expect([0, 1, 2].map((index) => nameOf(known, index))).toEqual(["a", "b/app", "b/proxy"]);
  });
});
