import type { Application } from "./application.ts";

/** An application that is well, for tests of what takes applications: one of Helm's in the namespace `shop`, unless told otherwise. */
export function application(name: string, more: Partial<Application> = {}): Application {
  return {
    cluster: "c",
    engine: "helm",
    namespace: "shop",
    name,
    uid: name,
    health: { status: "Healthy" },
    sync: { status: "Synced" },
    drift: { status: "None", count: 0 },
    suspended: false,
    revision: {},
    sources: [],
    resources: {},
    reasons: [],
    ...more,
  };
}
