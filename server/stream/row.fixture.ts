import type { Application } from "#lib/model/application.ts";

/** A row of the list, for tests of what carries rows. */
export function row(name: string, message = ""): Application {
  return {
    cluster: "c",
    engine: "helm",
    namespace: "a",
    name,
    uid: name,
    health: { status: "Healthy", message },
    sync: { status: "Synced" },
    drift: { status: "None", count: 0 },
    suspended: false,
    revision: {},
    sources: [],
    resources: {},
    reasons: [],
  };
}
