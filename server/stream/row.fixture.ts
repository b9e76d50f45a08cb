import type { Application } from "#lib/model/application.ts";
import { application } from "#lib/model/application.fixture.ts";

/** A row of the list, for tests of what carries rows. */
export function row(name: string, message = ""): Application {
  return application(name, { namespace: "a", health: { status: "Healthy", message } });
}
