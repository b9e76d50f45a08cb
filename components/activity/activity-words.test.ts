import { describe, expect, it } from "vitest";
import type { ActivityEntry } from "#lib/model/activity.ts";
import { dayWords, lookOf, personName, tookWords } from "./activity-words.ts";

const entry = (kind: ActivityEntry["kind"], result: ActivityEntry["result"], what: string, more: object = {}) =>
  lookOf({ id: "x", time: "2026-03-01T09:00:00Z", kind, result, what, ...more }).word;

describe("the words of activity", () => {
  it("say what happened", () => {
    expect(entry("deployment", "succeeded", "sync")).toBe("Deployed");
    expect(entry("deployment", "failed", "upgrade")).toBe("Upgrade failed");
    expect(entry("drift", "corrected", "spec.replicas")).toBe("Drift gone");
    expect(entry("action", "refused", "release-hold")).toBe("Release hold refused");
    expect(entry("failure", "failed", "BackOff", { count: 3 })).toBe("Warning");
    expect(entry("failure", "failed", "CrashLoopBackOff")).toBe("Degraded");
  });

  it("call a service account by its own name", () => {
    expect(personName("system:serviceaccount:ci:deployer")).toBe("deployer");
    expect(personName("ada@example.com")).toBe("ada@example.com");
  });

  it.each([
    [0.42, "0.4 s"],
    [9, "9 s"],
    [61.4, "61 s"],
    [300, "5 min"],
    [9000, "3 h"],
  ])("say that %d seconds are %s", (seconds, words) => expect(tookWords(seconds)).toBe(words));

  it("name days as people do", () => {
    const now = new Date(2026, 2, 10, 12);
    const day = (date: number) => dayWords(new Date(2026, 2, date, 8).toISOString(), now);
    expect([day(10), day(9), day(5)]).toEqual(["Today", "Yesterday", "Thu 5 Mar"]);
    expect(dayWords(new Date(2025, 11, 31, 8).toISOString(), now)).toMatch(/31 Dec 2025/);
  });
});
