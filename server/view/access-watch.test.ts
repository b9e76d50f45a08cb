import { describe, expect, it, vi } from "vitest";
import { KubeError } from "#server/kube/client.ts";
import { AccessWatch } from "./access-watch.ts";

function setup(answers: ({ digest: string; complete: boolean } | KubeError)[]) {
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
    onChange,
    onUnauthenticated,
  });
  return { watch, rules, onChange, onUnauthenticated };
}

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
});
