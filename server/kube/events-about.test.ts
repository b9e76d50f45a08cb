import { describe, expect, it } from "vitest";
import { KubeError } from "./client.ts";
import { eventsAbout } from "./events-about.ts";

const masker = { maskText: (text: string) => text.replaceAll("s3cret", "‹masked›") };
const event = (kind: string, name: string, namespace: string, lastTimestamp: string, message = "m") => ({
  type: "Normal",
  reason: "R",
  message,
  lastTimestamp,
  involvedObject: { kind, name, namespace },
});
function cluster(events: Record<string, unknown[]>) {
  const asked: string[] = [];
  const request = <T>({ path }: { path: string }): Promise<T> => {
    const namespace = /namespaces\/([^/]+)\/events/.exec(path)?.[1] ?? "";
    asked.push(namespace);
    const items = events[namespace];
    return items ? Promise.resolve({ items } as T) : Promise.reject(new KubeError(403, "Forbidden", "no"));
  };
  return { client: { request }, asked };
}
const ref = (kind: string, name: string, namespace: string) => ({ group: "", kind, name, namespace });

describe("eventsAbout", () => {
  it("keeps the events of these objects, newest first and masked, and asks each namespace once", async () => {
    const { client, asked } = cluster({
      a: [
        event("Pod", "p", "a", "2026-01-01T00:00:00Z", "with s3cret"),
        event("Pod", "other", "a", "2026-01-03T00:00:00Z"),
        event("Service", "s", "a", "2026-01-02T00:00:00Z"),
      ],
    });
    const { items, message } = await eventsAbout(client, masker, [ref("Pod", "p", "a"), ref("Service", "s", "a")]);
    expect(items.map(({ about, message }) => [about.name, message])).toEqual([
      ["s", "m"],
      ["p", "with ‹masked›"],
    ]);
    expect(asked).toEqual(["a"]);
    expect(message).toBeUndefined();
  });
  it("says which namespace it may not read, and shows the others", async () => {
    const { client } = cluster({ a: [event("Pod", "p", "a", "2026-01-01T00:00:00Z")] });
    const answer = await eventsAbout(client, masker, [ref("Pod", "p", "a"), ref("Pod", "q", "hidden")]);
    expect(answer.items).toHaveLength(1);
    expect(answer.message).toContain("hidden");
  });
  it("fails when it may read none", async () => {
    await expect(eventsAbout(cluster({}).client, masker, [ref("Pod", "p", "a")])).rejects.toMatchObject({
      status: 403,
    });
  });
});
