import { describe, expect, it, vi } from "vitest";
import type { Identity } from "#server/kube/identity.ts";
import type { ClusterView } from "./view.ts";
import { Views } from "./view-registry.ts";

const alice: Identity = { username: "alice", groups: ["dev"] };
const bob: Identity = { username: "bob", groups: ["dev"] };
const credentials = { cluster: "c", server: "https://c", token: "t" };

function opener() {
  const opened: { end: (reason: string) => void; close: ReturnType<typeof vi.fn> }[] = [];
  const open = async (): Promise<ClusterView> => {
    const close = vi.fn(async () => undefined);
    let end: (reason: string) => void = () => undefined;
    const ended = new Promise<string>((resolve) => (end = resolve));
    opened.push({ end, close });
    // Only what the registry uses of a view.
    return { ended, close } as unknown as ClusterView;
  };
  return { opened, open };
}

describe("Views", () => {
  it("shares one view between sessions of the same identity, and none between two identities", async () => {
    const { opened, open } = opener();
    const views = new Views(open);
    const [a, b] = await Promise.all([
      views.acquire(credentials, alice),
      views.acquire({ ...credentials, token: "u" }, alice),
    ]);
    expect(a.view).toBe(b.view);
    expect((await views.acquire(credentials, bob)).view).not.toBe(a.view);
    expect(opened).toHaveLength(2);
  });

  it("shares no view between ways to a server of which one checks less than the other", async () => {
    const views = new Views(opener().open);
    const trusted = await views.acquire({ ...credentials, ca: "CA" }, alice);
    for (const way of [{ skipTlsVerify: true }, { tlsServerName: "x" }, { proxyUrl: "http://p" }]) {
      const other = await views.acquire({ ...credentials, ca: "CA", ...way }, alice);
      expect(other.view).not.toBe(trusted.view);
    }
  });

  it("gives a view that nobody uses any more back to the same credentials alone: others may have been revoked", async () => {
    const { opened, open } = opener();
    const views = new Views(open);
    const first = await views.acquire(credentials, alice);
    first.release();
    const same = await views.acquire({ ...credentials }, alice);
    expect(same.view).toBe(first.view);
    same.release();
    const [next, another] = await Promise.all(
      ["u", "v"].map((token) => views.acquire({ ...credentials, token }, alice)),
    );
    expect(next?.view).not.toBe(first.view);
    expect(another?.view).toBe(next?.view);
    expect(opened.map(({ close }) => close.mock.calls.length > 0)).toEqual([true, false]);
    expect(views.size).toBe(1);
  });

  it("closes a view some time after its last session has gone", async () => {
    vi.useFakeTimers();
    const { opened, open } = opener();
    const views = new Views(open, 100);
    const first = await views.acquire(credentials, alice);
    const second = await views.acquire(credentials, alice);
    first.release();
    first.release();
    await vi.advanceTimersByTimeAsync(200);
    expect(opened[0]?.close).not.toHaveBeenCalled();
    second.release();
    await vi.advanceTimersByTimeAsync(200);
    expect(opened[0]?.close).toHaveBeenCalledOnce();
    expect(views.size).toBe(0);
    vi.useRealTimers();
  });

  it("opens a new view when the credentials of the old one have stopped working", async () => {
    const { opened, open } = opener();
    const views = new Views(open);
    const first = await views.acquire(credentials, alice);
    opened[0]?.end("401");
    await new Promise((resolve) => setImmediate(resolve));
    expect((await views.acquire(credentials, alice)).view).not.toBe(first.view);
  });
});
