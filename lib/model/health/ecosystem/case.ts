import type { HealthStatus } from "../../health-status.ts";

/** An object in a state that its project documents, and the verdict which that state deserves. */
export type EcosystemCase = readonly [verdict: HealthStatus, status: object | undefined, spec?: object];

/** One kind of the ecosystem: where its states are documented, and one object for each that matters. */
export interface EcosystemKind {
  /** `group/version`, as in `apiVersion`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Where the project says what the states mean. */
  readonly source: string;
  readonly cases: readonly EcosystemCase[];
}

/** A kind with its documented states. */
export function states(
  apiVersion: string,
  kind: string,
  source: string,
  ...cases: readonly EcosystemCase[]
): EcosystemKind {
  return { apiVersion, kind, source, cases };
}

/**
 * A status with conditions, each written as `Type=Status` or `Type=Status:Reason`.
 *
 * @param more further fields of the status
 */
export function said(conditions: string, more: object = {}): object {
  return {
    conditions: conditions
      .split(" ")
      .filter((text) => text !== "")
      .map((text) => {
        const [type = "", rest = ""] = text.split("=");
        const [status = "", reason] = rest.split(":");
        return { type, status, ...(reason !== undefined && { reason }) };
      }),
    ...more,
  };
}

/** A status that is one word, by its field. */
export function word(field: string, value: string, more: object = {}): object {
  return { [field]: value, ...more };
}
