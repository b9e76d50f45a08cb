import { describe, expect, it } from "vitest";
import { commitMessages } from "./commit-messages.ts";

const revision = "main@sha1:af704f8c43a4a64924afd72016b4dcf4aa11e771";
const event = (
  message: string,
  annotations: Record<string, string> = { "source.toolkit.fluxcd.io/revision": revision },
) => ({
  event: { message },
  annotations,
});

describe("the messages of commits", () => {
  it("are those of the events by which source-controller tells of new artifacts", () => {
    expect(commitMessages([event("stored artifact for commit 'Say \"don't\"'")])).toEqual(
      new Map([[revision, 'Say "don\'t"']]),
    );
  });

  it("are not taken from other events, nor from those that name no revision", () => {
    const others = [
      event("stored artifact with size 2.3 KiB"),
      event("stored artifact for commit 'Lost'", {}),
      event(""),
    ];
    expect(commitMessages(others)).toEqual(new Map());
  });
});
