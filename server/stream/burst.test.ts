import { expect, it } from "vitest";
import type { ClusterEvent, SequencedEvent } from "#lib/api/events.ts";
import { Broadcaster, type StreamedView } from "./broadcaster.ts";
import { row } from "./row.fixture.ts";

/** A row with as much in it as one of a failed Kustomization has. */
function failedRow(index: number, message: string) {
  const name = `app-${String(index).padStart(5, "0")}`;
  const revision = `main@sha1:${"0123456789abcdef".repeat(3).slice(0, 40)}`;
  return {
    ...row(name),
    namespace: "team-000",
    health: { status: "Degraded", reason: "BuildFailed", message } as const,
    revision: { applied: revision, desired: revision, attempted: revision },
    sources: [
      {
        kind: "GitRepository",
        name: `repo-${index}`,
        namespace: "flux-system",
        url: `https://git.example.com/repo-${index}.git`,
        ref: "main",
        path: `./deploy/${name}`,
      },
    ],
    reasons: [{ about: "health", text: message } as const],
    operation: {
      kind: "sync",
      phase: "Failed",
      startedAt: "2026-11-20T09:00:00Z",
      finishedAt: "2026-11-20T09:00:00Z",
      message,
    } as const,
  };
}

it("sends a thousand changes in a burst as a few messages of less than half a megabyte, however often each row changed", async () => {
  let publish: (event: ClusterEvent) => void = () => undefined;
  const view: StreamedView = {
    cluster: "c",
    instance: "i",
    snapshot: () => ({ items: Array.from({ length: 1000 }, (_, index) => failedRow(index, "")), sequence: 0 }),
    connection: () => ({ state: "live", since: "2026-11-20T09:00:00Z" }),
    limits: () => [],
    subscribe: (listener) => {
      publish = listener;
      return () => undefined;
    },
    ended: new Promise(() => undefined),
  };
  const broadcaster = new Broadcaster(view);
  let bytes = 0;
  let messages = 0;
  broadcaster.attach({ send: (sent) => ((bytes += sent.byteLength), (messages += 1)), end: () => undefined });
  // All within one window: three times a thousand rows.
  for (let sequence = 1; sequence <= 3000; sequence += 1) {
    const event: SequencedEvent = {
      v: 1,
      type: "applications",
      sequence,
      upserts: [failedRow(sequence % 1000, `burst ${sequence}`)],
      removes: [],
    };
    publish(event);
  }
  await expect.poll(() => messages, { timeout: 5_000 }).toBe(3);
  expect(bytes).toBeLessThan(512 * 1024);
  broadcaster.close();
});
