import type { ApplicationRef } from "#lib/model/application.ts";
import { type Condition, conditionsOf } from "#lib/model/conditions.ts";
import { fields, text } from "#lib/model/health/fields.ts";
import { sameRevision } from "#lib/model/revision-format.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { type Person, until } from "./person.ts";

/** What tests see and do of Flux's objects by kubectl, past Driftglass; in the scenario's namespace unless told otherwise. */
export class FluxScene {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  async object(kind: string, name: string, namespace = "flux-system"): Promise<KubeObject> {
    return JSON.parse(
      await this.#person.run("kubectl", "get", kind, name, "-n", namespace, "-o", "json"),
    ) as KubeObject;
  }

  /** The revision that the controller says it has applied; empty before the first. */
  async applied({ namespace, name }: ApplicationRef): Promise<string> {
    return text(fields((await this.object("kustomization", name, namespace))["status"])["lastAppliedRevision"]);
  }

  async isApplied(of: ApplicationRef, revision: string): Promise<boolean> {
    return sameRevision(await this.applied(of), revision);
  }

  /** Asks a controller to reconcile, and waits for its answer. */
  async reconcile(kind: string, name: string, namespace = "flux-system"): Promise<void> {
    const time = new Date().toISOString();
    const request = `reconcile.fluxcd.io/requestedAt=${time}`;
    await this.#person.run("kubectl", "annotate", kind, name, "-n", namespace, "--overwrite", request);
    await until(async () => {
      const current = await this.object(kind, name, namespace);
      const ready = conditionsOf(current).find(({ type }: Condition) => type === "Ready");
      return fields(current["status"])["lastHandledReconcileAt"] === time && ready?.status === "True";
    });
  }

  /** An earlier revision of the history that can be held. */
  async earlier(of: ApplicationRef): Promise<{ id: string; revision: string }> {
    await until(async () => (await this.#person.view.history(of))?.items.some(({ restorable }) => restorable) === true);
    const found = (await this.#person.view.history(of))?.items.find(({ restorable }) => restorable);
    if (found === undefined) throw new Error("nothing to go back to");
    return found;
  }

  /** What a hold may change of a source, as it is now. */
  async sourceState(kind: string, name: string, namespace?: string): Promise<unknown> {
    const source = await this.object(kind, name, namespace);
    const { "reconcile.fluxcd.io/requestedAt": _time, ...annotations } = source.metadata.annotations ?? {};
    return { ref: fields(source["spec"])["ref"], annotations };
  }
}
