import { describe, expect, it } from "vitest";
import { KubeError } from "./client.ts";
import { startHeartbeat } from "./heartbeat.ts";

describe("the heartbeat", () => {
  it("tells life by any answer, and a loss only after two silences", async () => {
    const silence = new KubeError(0, "Timeout", "silent");
    const script = [undefined, silence, undefined, silence, silence, silence, new KubeError(403, "Forbidden", "no")];
    const log: string[] = [];
    await new Promise<void>((resolve) => {
      const stop = startHeartbeat({
        clock: { now: () => 0, wait: (milliseconds) => (log.push(`wait ${milliseconds}`), Promise.resolve()) },
        client: {
          request<T>(): Promise<T> {
            if (script.length === 0) {
              stop();
              resolve();
            }
            const answer = script.shift();
            return answer ? Promise.reject(answer) : Promise.resolve({} as T);
          },
        },
        onAlive: () => void log.push("alive"),
        onLost: (message) => void log.push(message),
      });
    });
    expect(log.slice(0, 13)).toEqual([
      "wait 10000",
      "alive",
      "wait 10000",
      "wait 1000",
      "alive",
      "wait 10000",
      "wait 1000",
      "silent",
      "wait 10000",
      "silent",
      "wait 10000",
      "alive",
      "wait 10000",
    ]);
  });

  it("asks nothing while it is not needed", async () => {
    let looks = 0;
    let questions = 0;
    await new Promise<void>((resolve) => {
      const stop = startHeartbeat({
        clock: { now: () => 0, wait: () => Promise.resolve() },
        client: {
          request<T>(): Promise<T> {
            questions += 1;
            stop();
            resolve();
            return Promise.resolve({} as T);
          },
        },
        needed: () => (looks += 1) > 5,
        onAlive: () => undefined,
        onLost: () => undefined,
      });
    });
    expect({ looks, questions }).toEqual({ looks: 6, questions: 1 });
  });
});
