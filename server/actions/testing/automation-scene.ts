import type { AutomationKind, AutomationObject } from "#lib/model/automation.ts";
import type { FluxSourceAction } from "#lib/model/flux-source.ts";
import { identify } from "#server/kube/identity.ts";
import type { Person } from "./person.ts";

/** Objects of image automation, notifications and the Flux Operator in one namespace, as Driftglass lists them and acts on them. */
export class AutomationScene {
  readonly #namespace: string;

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  /** A manifest. */
  manifest(apiVersion: string, kind: string, name: string, spec: object): object {
    return { apiVersion, kind, metadata: { name, namespace: this.#namespace }, spec };
  }

  /** What this person is shown, by `kind/name`. */
  async listed(person: Person): Promise<Map<string, AutomationObject>> {
    const { items } = await person.actions.listAutomation(person.view);
    return new Map(
      items.filter((item) => item.namespace === this.#namespace).map((item) => [`${item.kind}/${item.name}`, item]),
    );
  }

  /** Acts as this person; answers what they are told. @throws ApiError when it is refused */
  async act(person: Person, kind: AutomationKind, name: string, action: FluxSourceAction): Promise<string> {
    const actor = await identify(person.view.client);
    const object = { kind, namespace: this.#namespace, name };
    return (await person.actions.performOnAutomation({ view: person.view, object, action, request: {}, actor }))
      .message;
  }
}
