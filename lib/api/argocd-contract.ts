import { z } from "zod";

/** Body of `POST /api/v1/session/argocd`: a token for Argo CD's own API server. */
export const argocdLoginRequestSchema = z.strictObject({
  token: z
    .string()
    .max(65536)
    .regex(/^[\x21-\x7e]+$/, "must be a token"),
});

/** Body of `POST /api/v1/session/argocd`. */
export type ArgocdLoginRequest = z.infer<typeof argocdLoginRequestSchema>;

/** `GET /api/v1/session/argocd`: how this session stands with Argo CD's API server. */
export const argocdStateSchema = z.object({
  /** `unavailable`: none is configured; `disconnected`: no token was given; `refused` and `expired`: it is not taken any more. */
  state: z.enum(["unavailable", "disconnected", "connected", "refused", "expired"]),
  url: z.string().optional(),
  /** Whom Argo CD knows the token's holder as. */
  username: z.string().optional(),
  expiresAt: z.string().optional(),
  message: z.string().optional(),
});

/** How this session stands with Argo CD's API server. */
export type ArgocdState = z.infer<typeof argocdStateSchema>;

/** What a sync of an Argo CD Application can choose from. */
export const argocdDetailSchema = z.object({
  /** `spec.syncPolicy.syncOptions`, which a sync has unless it is asked for otherwise. */
  syncOptions: z.array(z.string()),
  /** One for each source, in their order. */
  sources: z.array(z.object({ name: z.string(), targetRevision: z.string() })),
  /** Whether it has more than one way to name its sources: `spec.sources` takes a revision for each. */
  manySources: z.boolean(),
});

/** What a sync of an Argo CD Application can choose from. */
export type ArgocdDetail = z.infer<typeof argocdDetailSchema>;
