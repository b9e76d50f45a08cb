import { z } from "zod";

/**
 * Names one Kubernetes object. `group` is `""` for the core group; `namespace` is absent for cluster-scoped objects;
 * `version` is a hint for building URLs and never part of the identity.
 */
export const resourceRefSchema = z.object({
  group: z.string(),
  version: z.string().optional(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});
