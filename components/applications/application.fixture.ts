import type { Application } from "#lib/model/application.ts";

/** A healthy application of this name, for tests. */
export function app(name: string, more: Partial<Application> = {}): Application {
  return {
    cluster: "c",
    engine: "helm",
    namespace: "default",
    name,
    uid: name,
    suspended: false,
    sources: [],
    resources: {},
    reasons: [],
    revision: {},
    health: { status: "Healthy" },
    sync: { status: "Synced" },
    drift: { status: "None", count: 0 },
    ...more,
  };
}
