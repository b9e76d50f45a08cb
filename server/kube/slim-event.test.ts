import { describe, expect, it } from "vitest";
import { createMasker } from "./redaction/masker.ts";
import { toKubeEvent } from "./slim-event.ts";

const masker = createMasker();
const maskText = (text: string): string => masker.maskText(text);
const involvedObject = { kind: "Pod", namespace: "n", name: "p" };

describe("an event", () => {
  it("is read with its old timestamps", () => {
    const event = {
      type: "Warning",
      reason: "BackOff",
      message: "restarting",
      count: 7,
      firstTimestamp: "2026-01-01T00:00:00Z",
      lastTimestamp: "2026-01-01T00:10:00Z",
      source: { component: "kubelet" },
      involvedObject,
    };
    expect(toKubeEvent(event, maskText)).toEqual({
      type: "Warning",
      reason: "BackOff",
      message: "restarting",
      count: 7,
      firstSeen: "2026-01-01T00:00:00Z",
      lastSeen: "2026-01-01T00:10:00Z",
      source: "kubelet",
      about: involvedObject,
    });
  });

  it("is read with its new ones", () => {
    const event = {
      reason: "Scheduled",
      note: "assigned",
      eventTime: "2026-01-01T00:00:00.000000Z",
      firstTimestamp: null,
      series: { count: 3, lastObservedTime: "2026-01-01T00:01:00Z" },
      reportingController: "default-scheduler",
      regarding: involvedObject,
    };
    expect(toKubeEvent(event, maskText)).toMatchObject({
      type: "Normal",
      message: "assigned",
      count: 3,
      firstSeen: "2026-01-01T00:00:00.000000Z",
      lastSeen: "2026-01-01T00:01:00Z",
      source: "default-scheduler",
    });
  });

  it("is masked, and dropped when it is about nothing", () => {
    expect(
      toKubeEvent({ message: 'Secret "s" is invalid: data[a]: Invalid value: "planted"', involvedObject }, maskText)
        ?.message,
    ).not.toContain("planted");
    expect(toKubeEvent({ message: "x" }, maskText)).toBeUndefined();
  });
});
