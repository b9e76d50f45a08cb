import { afterEach, describe, expect, it, vi } from "vitest";
import { KubeError } from "#server/kube/client.ts";
import { AccessWatch } from "./access-watch.ts";

function setup(
  answers: ({ digest: string; complete: boolean } | KubeError)[],
  watches = { limited: false, slow: false },
) {
  const onChange = vi.fn(async () => undefined);
  const onUnauthenticated = vi.fn();
  const rules = vi.fn(async (_namespaces: readonly string[]) => {
    const answer = answers.shift();
    if (!answer || answer instanceof Error) throw answer ?? new Error("asked too often");
    return answer;
  });
  const watch = new AccessWatch({
    rules,
    review: async () => [],
    namespaces: ["team-a", "default"],
    watches,
    onChange,
    onUnauthenticated,
  });
  return { watch, rules, onChange, onUnauthenticated };
}

afterEach(() => vi.useRealTimers());

describe("AccessWatch", () => {
  it("says nothing as long as the rules are the same, and asks about each namespace once", async () => {
    const { watch, rules, onChange } = setup([
      { digest: "a", complete: true },
      { digest: "a", complete: true },
    ]);
    await watch.look();
    await watch.look();
    expect(onChange).not.toHaveBeenCalled();
    expect(rules).toHaveBeenLastCalledWith(["default", "team-a"]);
  });

  it("tells that the rules have changed, once", async () => {
    const { watch, onChange } = setup([
      { digest: "a", complete: true },
      { digest: "b", complete: true },
      { digest: "b", complete: true },
    ]);
    for (let look = 0; look < 3; look++) await watch.look();
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it("asks every time where the cluster can't tell all rules", async () => {
    const { watch, onChange } = setup([
      { digest: "a", complete: false },
      { digest: "a", complete: false },
    ]);
    await watch.look();
    await watch.look();
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it("asks again after a fault, and ends when the credentials are refused twice in a row", async () => {
    const { watch, onChange, onUnauthenticated } = setup([
      { digest: "a", complete: true },
      new KubeError(0, "Unreachable", "gone"),
      { digest: "b", complete: true },
      new KubeError(401, "Unauthorized", "no"),
      new KubeError(401, "Unauthorized", "no"),
    ]);
    for (let look = 0; look < 4; look++) await watch.look();
    expect(onUnauthenticated).not.toHaveBeenCalled();
    await watch.look();
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(onUnauthenticated).toHaveBeenCalledWith("no");
  });

  it("looks once at the beginning when everything may be read, every half a minute when not, and often when the watches are slow to tell", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "setTimeout", "performance"] });
    const looks = async (watches: { limited: boolean; slow: boolean }): Promise<number> => {
      const { watch, rules } = setup(
        Array.from({ length: 99 }, () => ({ digest: "a", complete: true })),
        watches,
      );
      watch.start();
      await vi.advanceTimersByTimeAsync(60_000);
      watch.close();
      return rules.mock.calls.length;
    };
    expect(await looks({ limited: false, slow: true })).toBe(1);
    expect(await looks({ limited: true, slow: false })).toBe(3);
    expect(await looks({ limited: true, slow: true })).toBe(11);
  });

  it("looks again after a refusal, though a look that began before it is under way, and not for each of many", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "setTimeout", "performance"] });
    const { watch, rules, onChange } = setup([
      { digest: "a", complete: true },
      { digest: "b", complete: true },
    ]);
    void watch.look();
    for (let refusal = 0; refusal < 10; refusal += 1) watch.suspect();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(rules).toHaveBeenCalledTimes(2);
    expect(onChange).toHaveBeenCalledOnce();
    watch.close();
  });
});
