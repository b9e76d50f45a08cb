import { z } from "zod";

/** Body of `POST /api/v1/session`: exactly one way to log in. */
export const loginRequestSchema = z.union([
  z.strictObject({
    token: z.string().min(1).max(65536),
    /** Which cluster it is for, where the server offers several. */
    cluster: z.string().max(512).optional(),
  }),
  z.strictObject({ kubeconfig: z.string().min(1).max(1_048_576), context: z.string().max(512).optional() }),
  z.strictObject({ context: z.string().min(1).max(512) }),
  /** As the person whom the proxy in front of the server names. */
  z.strictObject({ proxy: z.literal(true) }),
]);

/** Body of `POST /api/v1/session`. */
export type LoginRequest = z.infer<typeof loginRequestSchema>;

/** Who somebody is, by what a cluster says. */
const identitySchema = z.object({ username: z.string(), uid: z.string().optional(), groups: z.array(z.string()) });

/** Who is logged in, and where. */
export const sessionSchema = z.object({
  /** In the cluster that answers when `?cluster=` is absent. */
  identity: identitySchema,
  clusters: z.array(
    z.object({
      name: z.string(),
      server: z.string(),
      version: z.string().optional(),
      identity: identitySchema,
      /** When the credentials for it expire, if that is known. */
      expiresAt: z.string().optional(),
    }),
  ),
  /** Clusters whose credentials have stopped working, and why, until the person logs in to them again. */
  lost: z.array(z.object({ name: z.string(), reason: z.string(), identity: identitySchema })),
  /** Name of the cluster that answers when `?cluster=` is absent. */
  cluster: z.string(),
  expiresAt: z.string(),
});

/** Who is logged in, and where. */
export type Session = z.infer<typeof sessionSchema>;

/** Ways to log in that this server offers; `GET /api/v1/login-options`, without a session. */
export const loginOptionsSchema = z.object({
  /** Contexts of the local kubeconfig; only when Driftglass runs locally. */
  contexts: z.array(z.object({ name: z.string(), cluster: z.string(), current: z.boolean() })),
  /** The cluster that a bare token is for, if there is one. */
  tokenCluster: z.object({ name: z.string(), server: z.string() }).optional(),
  /** All clusters that a bare token may be for, where there are several. */
  tokenClusters: z.array(z.object({ name: z.string(), server: z.string() })).optional(),
  /** The identity provider that people may log in at: go to `/api/v1/oidc/login`. */
  oidc: z.object({ name: z.string() }).optional(),
  /** Whom the proxy in front of the server names: log in with `{proxy: true}`. */
  proxy: z.object({ user: z.string() }).optional(),
  /** A sentence to show on the login page, such as why local contexts can't be read. */
  message: z.string().optional(),
});

/** Ways to log in that this server offers. */
export type LoginOptions = z.infer<typeof loginOptionsSchema>;
