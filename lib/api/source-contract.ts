import { z } from "zod";
import { automationObjectSchema } from "../model/automation-schema.ts";
import { fluxSourceSchema } from "../model/flux-source-schema.ts";
import { limitSchema } from "./connection-contract.ts";

/** `GET /api/v1/sources`. */
export const fluxSourceListSchema = z.object({
  items: z.array(fluxSourceSchema),
  limits: z.array(limitSchema),
  /** `syncing` while they are listed for the first time, `absent` where the cluster has no such kinds. */
  state: z.enum(["ready", "syncing", "absent"]),
});

/** `GET /api/v1/sources`. */
export type FluxSourceList = z.infer<typeof fluxSourceListSchema>;

/** `GET /api/v1/automation`. */
export const automationListSchema = z.object({
  items: z.array(automationObjectSchema),
  limits: z.array(limitSchema),
  /** Kinds that the cluster does not have. */
  absent: z.array(z.string()),
});

/** `GET /api/v1/automation`. */
export type AutomationList = z.infer<typeof automationListSchema>;
