import { describe, expect, it } from "vitest";

import { NoLogError, podLog, printLog, type PodForLog } from "./pod-log.ts";

const started = "2026-01-01T00:00:00Z";
const later = new Date("2026-01-01T00:01:05Z");

type State = NonNullable<PodForLog["status"]["containerStatuses"]>[number]["state"];

function pod(state: State, more: object = {}, annotations: Record<string, string> = {}): PodForLog {
  return {
    metadata: { name: "worker-0", namespace: "team-a", uid: "c518a", creationTimestamp: started, annotations },
    status: { startTime: started, containerStatuses: [{ name: "worker", restartCount: 0, state, ...more }] },
  };
}

const crash = { lastState: { terminated: { finishedAt: "2026-01-01T00:00:30Z" } } };

describe("a pod's log", () => {
  it("grows by a line every ten seconds while the container runs", () => {
    const lines = podLog(pod({ running: {} }), "worker", later);
    expect(lines.map(({ text }) => text)[1]).toContain("ready");
    expect(lines).toHaveLength(2 + 6);
  });

  it("stays the same when it is read again", () => {
    const running = pod({ running: {} });
    expect(podLog(running, "worker", later)).toEqual(podLog(running, "worker", later));
  });

  it("ends with the reason of the crash in a crash loop", () => {
    const lines = podLog(pod({ waiting: { reason: "CrashLoopBackOff" } }, crash), "worker", later);
    expect(lines.at(-1)).toEqual({
      time: new Date("2026-01-01T00:00:30Z"),
      text: expect.stringContaining("exit=1") as string,
    });
  });

  it("is what the annotation says", () => {
    const annotations = { "driftglass.sandbox/log": "one\ntwo\n" };
    const lines = podLog(pod({ waiting: { reason: "CrashLoopBackOff" } }, crash, annotations), "worker", later);
    expect(lines.map(({ text }) => text)).toEqual(["one", "two"]);
  });

  it("doesn't exist for a container whose image can't be pulled", () => {
    const waiting = pod({ waiting: { reason: "ImagePullBackOff" } });
    expect(() => podLog(waiting, "worker", later)).toThrow(NoLogError);
  });

  it("is cut and stamped as the reader asks", () => {
    const lines = [1, 2, 3].map((n) => ({ time: new Date(n * 1000), text: `line ${n}` }));
    expect(printLog(lines, { timestamps: false, tailLines: 1 })).toBe("line 3\n");
    expect(printLog(lines, { timestamps: false, tailLines: 0 })).toBe("");
    expect(printLog(lines, { timestamps: true, sinceTime: new Date(3000) })).toBe("1970-01-01T00:00:03.000Z line 3\n");
  });
});
