import { describe, expect, it } from "vitest";

import { belongsTo } from "./leftovers.ts";

describe("a process found by its recorded id", () => {
  const record = { stateDirectory: "/home/a/.sandbox/default", ports: { redis: 20_011, registry: 20_010 } };

  it("belongs to the sandbox when it names its folder or one of its ports", () => {
    expect(belongsTo(record, "etcd --data-dir=/home/a/.sandbox/default/data/etcd")).toBe(true);
    expect(belongsTo(record, 'node supervisor.ts {"directory":"/home/a/.sandbox/default"}')).toBe(true);
    expect(belongsTo(record, "redis-server 127.0.0.1:20011")).toBe(true);
    expect(belongsTo(record, "node git-server.ts 20010 /elsewhere")).toBe(true);
  });

  it("is left alone when its id went to another program, or to another sandbox", () => {
    expect(belongsTo(record, "vim notes.txt")).toBe(false);
    expect(belongsTo(record, "etcd --data-dir=/home/a/.sandbox/default-2/data/etcd")).toBe(false);
    expect(belongsTo(record, "redis-server 127.0.0.1:200110")).toBe(false);
    expect(belongsTo(record, "")).toBe(false);
  });
});
