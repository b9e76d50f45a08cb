import { z } from "zod";
import { healthStatuses } from "./health-status.ts";

/** One health word. */
export const healthStatusSchema = z.enum(healthStatuses);
