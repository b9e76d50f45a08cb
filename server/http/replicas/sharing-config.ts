import { z } from "zod";
import type { OwnAccount } from "#server/kube/own-account.ts";
import { readSessionKeys } from "./session-keys.ts";

const namespace = /^cluster:([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)$/;

/** The variables about sessions that replicas have in common. */
export const sharingEnvironment = {
  DRIFTGLASS_SESSIONS: z
    .string()
    .refine((text) => text === "memory" || namespace.test(text), { message: "should be memory or cluster:NAMESPACE" })
    .default("memory"),
  DRIFTGLASS_SESSION_KEY_FILE: z.string().min(1).optional(),
  DRIFTGLASS_SESSIONS_KUBECONFIG: z.string().min(1).optional(),
  DRIFTGLASS_SESSIONS_TOKEN: z.string().default("/var/run/secrets/kubernetes.io/serviceaccount/token"),
  DRIFTGLASS_REPLICA_ADDRESS: z.union([z.ipv4(), z.ipv6()]).optional(),
};

/** How replicas keep their sessions in common. */
export interface SharingConfig {
  readonly namespace: string;
  readonly account: OwnAccount;
  /** The first one seals, each of them opens. */
  readonly keys: readonly Buffer[];
  /** URL by which the other replicas reach this one. */
  readonly home: string;
}

const variables = z.object(sharingEnvironment);

/** What the variables say; undefined where each process has its own sessions. @throws Error that names what is missing */
export function sharingConfig(
  env: z.infer<typeof variables>,
  mode: "local" | "hosted",
  port = "3000",
): SharingConfig | undefined {
  const [, name] = namespace.exec(env.DRIFTGLASS_SESSIONS) ?? [];
  if (name === undefined) return undefined;
  if (mode === "local") throw new Error("DRIFTGLASS_SESSIONS: sessions in a cluster need DRIFTGLASS_MODE=hosted");
  const { DRIFTGLASS_SESSION_KEY_FILE: keyFile, DRIFTGLASS_REPLICA_ADDRESS: address } = env;
  if (keyFile === undefined) throw new Error("DRIFTGLASS_SESSION_KEY_FILE: is needed with DRIFTGLASS_SESSIONS");
  if (address === undefined)
    throw new Error(
      "DRIFTGLASS_REPLICA_ADDRESS: is needed with DRIFTGLASS_SESSIONS: where the other replicas reach this one",
    );
  const kubeconfig = env.DRIFTGLASS_SESSIONS_KUBECONFIG;
  return {
    namespace: name,
    account: { tokenPath: env.DRIFTGLASS_SESSIONS_TOKEN, ...(kubeconfig === undefined ? {} : { kubeconfig }) },
    keys: readSessionKeys(keyFile),
    home: `http://${address.includes(":") ? `[${address}]` : address}:${port}`,
  };
}
