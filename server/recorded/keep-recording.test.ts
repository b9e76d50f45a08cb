import { describe, expect, it } from "vitest";
import { KubeError } from "#server/kube/client.ts";
import { keepRecording } from "./keep-recording.ts";

const credentials = { cluster: "c", server: "https://cluster.example", token: "t" };
const identity = { username: "system:serviceaccount:driftglass:driftglass", groups: [] };
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("keepRecording", () => {
  it("holds a view, opens another when that ends or can't be opened, and lets go when it is stopped", async () => {
    const log: string[] = [];
    const timers: (() => void)[] = [];
    let leases = 0;
    let end: (reason: string) => void = () => undefined;
    let refuses = false;
    const stop = keepRecording(credentials, {
      identify: () =>
        refuses
          ? Promise.reject(new KubeError(0, "Unreachable", "It refuses connections."))
          : Promise.resolve(identity),
      acquire: () => {
        leases += 1;
        let released = false;
        return Promise.resolve({
          view: { ended: new Promise<string>((resolve) => (end = resolve)) },
          release: () => {
            if (!released) leases -= 1;
            released = true;
          },
        });
      },
      schedule: (_milliseconds, run) => {
        timers.push(run);
        return () => void timers.splice(0);
      },
      log: (line) => void log.push(line),
    });
    await turn();
    expect(leases).toBe(1);
    refuses = true;
    end("The token has expired.");
    await turn();
    expect([leases, log.at(-1)]).toEqual([0, expect.stringContaining("The token has expired.")]);
    timers.shift()?.();
    await turn();
    expect(log.at(-1)).toContain("It refuses connections.");
    refuses = false;
    timers.shift()?.();
    await turn();
    expect(leases).toBe(1);
    stop();
    await turn();
    expect([leases, timers.length]).toEqual([0, 0]);
  });
});
