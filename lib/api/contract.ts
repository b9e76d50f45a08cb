import { z } from "zod";
import { actionRequestSchema, actionResultSchema, actionSchema, permissionSchema } from "../model/action-schema.ts";
import { applicationRefSchema, applicationSchema, engineSchema, exactnessSchema } from "../model/application-schema.ts";
import {
  fluxSourceActionRequestSchema,
  fluxSourceActionSchema,
  fluxSourceKindSchema,
  fluxSourceSchema,
} from "../model/flux-source-schema.ts";
import { argocdDetailSchema, argocdLoginRequestSchema, argocdStateSchema } from "./argocd-contract.ts";
import { activityListSchema, fleetDriftSchema, overviewSchema } from "./activity-contract.ts";
import { automationKindSchema, automationObjectSchema } from "../model/automation-schema.ts";
import { diffObjectSchema } from "../model/diff-object.ts";
import {
  resourceActionRequestSchema,
  resourceActionSchema,
  resourcePermissionsSchema,
} from "../model/resource-action-schema.ts";
import { resourceNodeSchema } from "../model/resource-node.ts";
import { undoerSchema } from "../model/undoer-schema.ts";
import { revisionSchema } from "../model/revision.ts";

/** An error answer, `application/problem+json` (RFC 9457). `hint` says what to do. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  hint: z.string().optional(),
  /** Stable machine word: `unauthenticated`, `forbidden`, `not-found`, `invalid`, `conflict`, `unavailable`… */
  code: z.string(),
  /** With `context-required`: the contexts to choose from. */
  contexts: z.array(z.string()).optional(),
  /** Seconds after which another try makes sense. */
  retryAfter: z.number().optional(),
  /** Names the request in the server's log. */
  requestId: z.string().optional(),
});

/** An error answer. */
export type Problem = z.infer<typeof problemSchema>;

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

/** How well the server follows the cluster. */
export const connectionSchema = z.object({
  state: z.enum(["live", "catching-up", "disconnected"]),
  /** Since when it is in this state. */
  since: z.string(),
  message: z.string().optional(),
});

/** How well the server follows the cluster. */
export type Connection = z.infer<typeof connectionSchema>;

/** What this person can't see, so that "no permission" is never shown as "empty". */
export const limitSchema = z.object({
  group: z.string(),
  kind: z.string(),
  reason: z.enum(["forbidden", "namespaces", "unavailable"]),
  /** The namespaces that are read instead, with reason `namespaces`. */
  namespaces: z.array(z.string()).optional(),
  message: z.string(),
});

/** What this person can't see. */
export type Limit = z.infer<typeof limitSchema>;

/** `GET /api/v1/applications`. */
export const applicationListSchema = z.object({
  items: z.array(applicationSchema),
  /** Number of the last event that is included. */
  sequence: z.number().int(),
  /** Changes when the server restarts: sequences of two instances can't be compared. */
  instance: z.string(),
  connection: connectionSchema,
  limits: z.array(limitSchema),
  /** With `?cluster=*`: what the fields above say, for each cluster. Rows name theirs. */
  clusters: z
    .array(
      z.object({
        cluster: z.string(),
        sequence: z.number().int(),
        instance: z.string(),
        connection: connectionSchema,
        limits: z.array(limitSchema),
      }),
    )
    .optional(),
});

/** `GET /api/v1/applications`. */
export type ApplicationList = z.infer<typeof applicationListSchema>;

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

/** A status condition as Kubernetes writes it. */
export const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTransitionTime: z.string().optional(),
  observedGeneration: z.number().optional(),
});

/** A status condition as Kubernetes writes it. */
export type Condition = z.infer<typeof conditionSchema>;

/** A label and a value for the overview, in reading order. */
export const factSchema = z.object({
  label: z.string(),
  value: z.string(),
  kind: z.enum(["text", "revision", "time", "duration", "url"]).optional(),
});

/** A label and a value for the overview. */
export type Fact = z.infer<typeof factSchema>;

/** `GET /api/v1/applications/{engine}/{namespace}/{name}`. */
export const applicationDetailSchema = z.object({
  application: applicationSchema,
  conditions: z.array(conditionSchema),
  permissions: z.array(permissionSchema),
  facts: z.array(factSchema),
  /** Helm's notes, masked. */
  notes: z.string().optional(),
  /** Argo CD: what a sync of it can choose from. */
  argocd: argocdDetailSchema.optional(),
  /** Who takes changes of it back, the nearest first. */
  undoers: z.array(undoerSchema).optional(),
});

/** `GET /api/v1/applications/{engine}/{namespace}/{name}`. */
export type ApplicationDetail = z.infer<typeof applicationDetailSchema>;

/** `GET …/resources`. */
export const resourceListSchema = z.object({ items: z.array(resourceNodeSchema) });

/** `GET …/resources`. */
export type ResourceList = z.infer<typeof resourceListSchema>;

/** `GET …/history`, newest first. */
export const historySchema = z.object({ items: z.array(revisionSchema), message: z.string().optional() });

/** `GET …/history`. */
export type History = z.infer<typeof historySchema>;

/** `GET …/diff?from=&to=` and `GET …/drift`. */
export const diffSchema = z.object({
  from: z.string(),
  to: z.string(),
  exactness: exactnessSchema.optional(),
  checkedAt: z.string().optional(),
  /** What limits the comparison, in words. */
  message: z.string().optional(),
  /** Objects that are known here and that this person may not read: they are left out. */
  hidden: z.number().int().positive().optional(),
  /** For Helm: values, notes and chart metadata, each as a pair of texts. */
  documents: z
    .array(z.object({ title: z.string(), from: z.string().optional(), to: z.string().optional() }))
    .optional(),
  objects: z.array(diffObjectSchema),
});

/** `GET …/diff` and `GET …/drift`. */
export type Diff = z.infer<typeof diffSchema>;

/** One side of a comparison of two applications. */
export const comparisonSideSchema = z.object({
  application: applicationRefSchema,
  /** A revision id, `desired` or `live`. */
  revision: z.string(),
});

/** `GET /api/v1/compare?left=&right=`: `from` is the left application's, `to` the right one's. */
export const comparisonSchema = diffSchema
  .omit({ from: true, to: true, checkedAt: true })
  .extend({ left: comparisonSideSchema, right: comparisonSideSchema });

/** `GET /api/v1/compare?left=&right=`. */
export type Comparison = z.infer<typeof comparisonSchema>;

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

/** Schemas that OpenAPI is made from, by component name. */
export const schemas = {
  Action: actionSchema,
  ActionRequest: actionRequestSchema,
  ActionResult: actionResultSchema,
  ActivityList: activityListSchema,
  ArgocdLoginRequest: argocdLoginRequestSchema,
  ArgocdState: argocdStateSchema,
  Application: applicationSchema,
  ApplicationDetail: applicationDetailSchema,
  ApplicationList: applicationListSchema,
  Comparison: comparisonSchema,
  Diff: diffSchema,
  Engine: engineSchema,
  FleetDrift: fleetDriftSchema,
  AutomationKind: automationKindSchema,
  AutomationList: automationListSchema,
  FluxSourceAction: fluxSourceActionSchema,
  FluxSourceActionRequest: fluxSourceActionRequestSchema,
  FluxSourceKind: fluxSourceKindSchema,
  FluxSourceList: fluxSourceListSchema,
  History: historySchema,
  KubeEventList: kubeEventListSchema,
  LiveResource: liveResourceSchema,
  LoginOptions: loginOptionsSchema,
  LoginRequest: loginRequestSchema,
  Overview: overviewSchema,
  Problem: problemSchema,
  ResourceAction: resourceActionSchema,
  ResourceActionRequest: resourceActionRequestSchema,
  ResourceList: resourceListSchema,
  ResourcePermissions: resourcePermissionsSchema,
  Session: sessionSchema,
} as const;
