import { z } from "zod";
import { conditionSchema } from "./application-contract.ts";

/** `GET /api/v1/resources/{group}/{version}/{kind}/{namespace}/{name}`: masked YAML and the verdict. */
export const liveResourceSchema = z.object({
  yaml: z.string(),
  resourceVersion: z.string().optional(),
  /** As its status has them, the newest change first. */
  conditions: z.array(conditionSchema).optional(),
  /** Of a Pod: its containers in the order in which they start. */
  containers: z
    .array(
      z.object({
        name: z.string(),
        type: z.enum(["init", "app", "ephemeral"]),
        /** "running", "waiting: CrashLoopBackOff", "ended: Completed, exit 0"… */
        state: z.string(),
        restarts: z.number().int().nonnegative(),
      }),
    )
    .optional(),
  /** Of what can be scaled: how many Pods it shall have. */
  replicas: z.number().int().nonnegative().optional(),
});

/** A live object as masked YAML. */
export type LiveResource = z.infer<typeof liveResourceSchema>;

/** One Kubernetes event, slim. */
export const kubeEventSchema = z.object({
  type: z.string(),
  reason: z.string(),
  message: z.string(),
  count: z.number().optional(),
  firstSeen: z.string().optional(),
  lastSeen: z.string().optional(),
  source: z.string().optional(),
  about: z.object({ kind: z.string(), namespace: z.string().optional(), name: z.string() }),
});

/** One Kubernetes event, slim. */
export type KubeEvent = z.infer<typeof kubeEventSchema>;

/** `GET …/events`, newest first. */
export const kubeEventListSchema = z.object({ items: z.array(kubeEventSchema), message: z.string().optional() });

/** `GET …/events`, newest first. */
export type KubeEventList = z.infer<typeof kubeEventListSchema>;
