import { describe, expect, it } from "vitest";
import type { KubeClient } from "./client.ts";
import { identify, identityKey } from "./identity.ts";

function answering(userInfo: unknown): KubeClient {
  return { request: () => Promise.resolve({ status: { userInfo } }) } as unknown as KubeClient;
}

describe("an identity", () => {
  it.each([
    undefined,
    {},
    { username: "" },
    { username: "system:anonymous", groups: ["system:unauthenticated"] },
    { username: "x", groups: ["system:unauthenticated"] },
  ])("%j is nobody's, and refused", async (userInfo) => {
    await expect(identify(answering(userInfo))).rejects.toMatchObject({ code: "anonymous" });
  });

  it("is the same for two tokens of one person, and another for other groups, uids or extras", () => {
    const jane = {
      username: "jane",
      groups: ["a", "b"],
      extra: { "authentication.kubernetes.io/credential-id": ["1"], scopes: ["x"] },
    };
    expect(
      identityKey({
        ...jane,
        groups: ["b", "a"],
        extra: { ...jane.extra, "authentication.kubernetes.io/credential-id": ["2"] },
      }),
    ).toBe(identityKey(jane));
    const others = [
      { ...jane, groups: ["a"] },
      { ...jane, uid: "u" },
      { ...jane, extra: { scopes: ["y"] } },
      { ...jane, username: 'jane",' },
    ];
    expect(new Set([jane, ...others].map(identityKey)).size).toBe(5);
  });
});
