import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { z } from "zod";
import type { RecordsPlace } from "./open-storage.ts";
import type { RetentionLimits } from "./retention.ts";

const namespace = /^cluster:([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)$/;
const number = (least: number, most: number, usual: number) =>
  z.coerce.number().int().min(least).max(most).default(usual);

/** The variables about recorded releases. */
export const recordsEnvironment = {
  DRIFTGLASS_RECORDS: z
    .string()
    .refine((text) => text === "off" || namespace.test(text) || isAbsolute(text), {
      message: "should be off, cluster:NAMESPACE or an absolute path",
    })
    .optional(),
  DRIFTGLASS_RECORDS_KUBECONFIG: z.string().min(1).optional(),
  DRIFTGLASS_RECORDS_TOKEN: z.string().default("/var/run/secrets/kubernetes.io/serviceaccount/token"),
  DRIFTGLASS_RECORDS_WATCH: z.enum(["true", "false"]).default("false"),
  DRIFTGLASS_RECORDS_KEEP: number(2, 1000, 20),
  DRIFTGLASS_RECORDS_MIB: number(1, 100_000, 64),
  XDG_STATE_HOME: z.string().optional(),
};

/** Where releases are recorded, and how many. */
export interface RecordsConfig {
  readonly place: RecordsPlace;
  readonly limits: RetentionLimits;
  /** Record also while nobody is logged in, with what the account of the records may read. */
  readonly watch: boolean;
}

const variables = z.object(recordsEnvironment);

/** What the variables say; undefined where nothing is recorded, which is so in hosted mode unless told otherwise. */
export function recordsConfig(env: z.infer<typeof variables>, mode: "local" | "hosted"): RecordsConfig | undefined {
  const place = placeOf(env, mode);
  const limits = { perApplication: env.DRIFTGLASS_RECORDS_KEEP, bytes: env.DRIFTGLASS_RECORDS_MIB * 1024 * 1024 };
  return place && { place, limits, watch: env.DRIFTGLASS_RECORDS_WATCH === "true" };
}

function placeOf(env: z.infer<typeof variables>, mode: "local" | "hosted"): RecordsPlace | undefined {
  const told = env.DRIFTGLASS_RECORDS;
  if (told === "off" || (told === undefined && mode === "hosted")) return undefined;
  const [, name] = namespace.exec(told ?? "") ?? [];
  const kubeconfig = env.DRIFTGLASS_RECORDS_KUBECONFIG;
  if (name !== undefined)
    return {
      kind: "cluster",
      namespace: name,
      account: { tokenPath: env.DRIFTGLASS_RECORDS_TOKEN, ...(kubeconfig === undefined ? {} : { kubeconfig }) },
    };
  const state =
    env.XDG_STATE_HOME && isAbsolute(env.XDG_STATE_HOME) ? env.XDG_STATE_HOME : join(homedir(), ".local", "state");
  return { kind: "folder", folder: told ?? join(state, "driftglass", "records") };
}
