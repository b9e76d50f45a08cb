import type { ApplicationDetail } from "#lib/api/application-contract.ts";

/** What changes when an application's controller does something; equal prints mean that it has not. */
export function fingerprint(detail: ApplicationDetail): string {
  const { operation, suspended, hold, revision, lastDeployedAt, health, sync } = detail.application;
  return JSON.stringify([
    operation,
    suspended,
    hold,
    revision,
    lastDeployedAt,
    health.status,
    sync,
    detail.conditions,
    detail.facts,
  ]);
}
