import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { Identity } from "#server/kube/identity.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import type { ClusterView } from "#server/view/view.ts";
import type { Outcome } from "./action-handler.ts";
import type { AuditEntry } from "./audit.ts";
import { answerable, isRefusal } from "./faults.ts";
import { InFlight } from "./in-flight.ts";

/** Something that is asked for, as the audit log tells it. */
export interface AuditedWork {
  readonly view: ClusterView;
  readonly actor: Identity;
  readonly action: AuditEntry["action"];
  /** What it is done to, by the log's name. */
  readonly unit: string;
  /** The controller of an object, by the log's name. */
  readonly owner?: string;
  /** The object that the Event about it is about. */
  readonly about: ResourceRef;
  /** Why the person does it. */
  readonly reason: string | undefined;
  /** Names what two of these must not work on at the same time; undefined when that is harmless. */
  readonly lock: string | undefined;
}

/**
 * Does the work and writes down what came of it: accepted, refused or failed.
 * @throws what the work throws, expected faults as problems; ApiError 409 when the same thing is being worked on
 */
export type Audited = <Done extends Pick<Outcome, "message" | "from" | "to">>(
  asked: AuditedWork,
  work: () => Promise<Done>,
) => Promise<Done>;

/** Takes an entry, and what it is about in whose view. */
export type Audit = (view: ClusterView, entry: AuditEntry, about: ResourceRef) => void;

/** Makes that which all actions are done by. Previews are not: they change nothing. */
export function createAudited(audit: Audit, masker: Masker, now: () => string): Audited {
  const inFlight = new InFlight();
  return async ({ view, actor, action, unit, owner, about, reason, lock }, work) => {
    const time = now();
    const write = (
      result: AuditEntry["result"],
      { message, from, to }: Pick<Outcome, "message" | "from" | "to">,
    ): void => {
      const entry: AuditEntry = {
        time,
        event: "action",
        who: actor.username,
        cluster: view.cluster,
        unit,
        ...(owner !== undefined && { owner }),
        action,
        result,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(reason !== undefined && reason !== "" && { reason: masker.maskText(reason) }),
        message,
      };
      audit(view, entry, about);
    };
    try {
      const done = await inFlight.run(lock && `${view.cluster}/${lock}`, work);
      write("accepted", done);
      return done;
    } catch (error) {
      const fault = answerable(error);
      const message = fault instanceof Error ? masker.maskText(fault.message) : "unknown fault";
      write(isRefusal(fault) ? "refused" : "failed", { message });
      throw fault;
    }
  };
}
