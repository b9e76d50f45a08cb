import type { Operation } from "#lib/model/application.ts";
import { type Fields, fields, text } from "#lib/model/health/fields.ts";
import { shortMessage } from "../common/message.ts";
import type { ArgoApplication } from "./kind.ts";

/** Asks Argo CD to compare again; gone when it has. */
const refreshAnnotation = "argocd.argoproj.io/refresh";

/**
 * The operation that runs or is asked for, else the refresh that is, else how the last operation ended.
 * Requests carry no time of their own: they are dated by Argo CD's last reconciliation before them.
 */
export function argoOperation({ stored, status }: ArgoApplication): Operation | undefined {
  const state = fields(status["operationState"]);
  const phase = text(state["phase"]);
  const requested = fields(stored.object["operation"]);
  const startedAt = text(state["startedAt"]);
  const lastSeen = text(status["reconciledAt"]) || stored.object.metadata.creationTimestamp;
  if (phase === "Running" || phase === "Terminating") {
    return {
      ...describe(fields(state["operation"])),
      phase: "Running",
      startedAt,
      ...said(phase === "Terminating" ? "being terminated" : text(state["message"])),
    };
  }
  if (Object.keys(requested).length > 0 && lastSeen !== undefined) {
    return {
      ...describe(requested),
      phase: "Running",
      startedAt: lastSeen,
      message: "requested; Argo CD has not started it yet",
    };
  }
  const refresh = stored.object.metadata.annotations?.[refreshAnnotation];
  if (refresh !== undefined && lastSeen !== undefined) {
    return {
      kind: "refresh",
      phase: "Running",
      startedAt: lastSeen,
      message: refresh === "hard" ? "compares again with fresh manifests" : "compares again",
    };
  }
  if (phase === "" || startedAt === "") return undefined;
  const finishedAt = text(state["finishedAt"]);
  return {
    ...describe(fields(state["operation"])),
    phase: phase === "Succeeded" ? "Succeeded" : "Failed",
    startedAt,
    ...(finishedAt !== "" && { finishedAt }),
    ...said(text(state["message"])),
  };
}

/** Who started an operation: a person, or Argo CD itself. */
export function initiator(initiatedBy: Fields): string | undefined {
  return text(initiatedBy["username"]) || (initiatedBy["automated"] === true ? "automated sync" : undefined);
}

function describe(operation: Fields): { kind: string; by?: string } {
  const by = initiator(fields(operation["initiatedBy"]));
  const dryRun = fields(operation["sync"])["dryRun"] === true;
  return { kind: dryRun ? "dry run" : "sync", ...(by !== undefined && { by }) };
}

function said(message: string): { message?: string } {
  return message === "" ? {} : { message: shortMessage(message) };
}
