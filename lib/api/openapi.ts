import { z } from "zod";
import { activityKinds, activityResults } from "../model/activity.ts";
import { schemas } from "./contract.ts";

type SchemaName = keyof typeof schemas;

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly description: string;
  readonly required?: boolean;
  readonly schema: object;
}

interface Operation {
  readonly summary: string;
  readonly answer: SchemaName | { readonly type: string; readonly description: string };
  readonly status?: number;
  readonly body?: SchemaName;
  readonly parameters?: readonly Parameter[];
  /** Needs no session. */
  readonly open?: boolean;
}

const text = { type: "string" } as const;
const query = (name: string, description: string, schema: object = text, required = false): Parameter => ({
  name,
  in: "query",
  description,
  schema,
  ...(required ? { required } : {}),
});
const path = (name: string, description: string, schema: object = text): Parameter => ({
  name,
  in: "path",
  description,
  required: true,
  schema,
});

const boolean = { type: "boolean" } as const;
const cluster = query("cluster", "Which cluster, where the session has several.");
const anyCluster = query("cluster", "Which cluster, where the session has several; `*` for all of them.");
const unit = [
  path("engine", "The engine.", ref("Engine")),
  path("namespace", "The unit's namespace."),
  path("name", "The unit's name."),
];
const resource = [
  path("group", "The API group; `core` for the core group."),
  path("version", "The API version."),
  path("kind", "The kind."),
  path("namespace", "The namespace; `_` for none."),
  path("name", "The object's name."),
];
const revision = (name: string, words: string): Parameter =>
  query(name, `${words}: a revision id, \`desired\` or \`live\`.`, text, true);
const integer = { type: "integer", minimum: 1 } as const;

const application = "/api/v1/applications/{engine}/{namespace}/{name}";
const live = "/api/v1/resources/{group}/{version}/{kind}/{namespace}/{name}";
const sse = {
  type: "text/event-stream",
  description: "Server-sent events; each message's data is one StreamEvent as JSON, its id the sequence number.",
};

const operations: Readonly<Record<string, Readonly<Partial<Record<"get" | "post" | "delete", Operation>>>>> = {
  "/api/v1/login-options": { get: { summary: "Ways to log in", answer: "LoginOptions", open: true } },
  "/api/v1/session": {
    post: {
      summary: "Log in; sets the session's cookie",
      body: "LoginRequest",
      answer: "Session",
      status: 201,
      open: true,
    },
    get: { summary: "Who is logged in, and where", answer: "Session" },
    delete: {
      summary: "Log out",
      answer: { type: "", description: "Logged out" },
      status: 204,
      parameters: [query("everywhere", "End all sessions of this person, in other browsers, too.", boolean)],
    },
  },
  "/api/v1/session/argocd": {
    get: { summary: "How this session stands with Argo CD's API server", answer: "ArgocdState", parameters: [cluster] },
    post: {
      summary: "Give this session a token for Argo CD's API server",
      body: "ArgocdLoginRequest",
      answer: "ArgocdState",
      parameters: [cluster],
    },
    delete: { summary: "Forget that token", answer: "ArgocdState", parameters: [cluster] },
  },
  "/api/v1/clusters": {
    post: { summary: "Log in to one more cluster", body: "LoginRequest", answer: "Session", status: 201 },
  },
  "/api/v1/clusters/{name}": {
    delete: {
      summary: "Log out of one cluster; out of the last one ends the session",
      answer: { type: "", description: "Logged out of it" },
      status: 204,
      parameters: [path("name", "The cluster's name.")],
    },
  },
  "/api/v1/oidc/login": {
    get: {
      summary: "Log in at the identity provider: leads there, and back",
      answer: { type: "", description: "To the identity provider" },
      status: 303,
      parameters: [query("next", "The page to go to when it is done.")],
      open: true,
    },
  },
  "/api/v1/oidc/callback": {
    get: {
      summary: "Where the identity provider sends people back to; sets the session's cookie",
      answer: { type: "text/html", description: "Leads to the page that was asked for" },
      parameters: [
        query("code", "The authorization code."),
        query("state", "As it was sent."),
        query("error", "Why there is no code."),
      ],
      open: true,
    },
  },
  "/api/v1/launch": {
    get: {
      summary: "Shows that the browser belongs to who started a local server; sets a cookie",
      answer: { type: "", description: "To the login page" },
      status: 303,
      parameters: [query("token", "As the server has printed it.", text, true)],
      open: true,
    },
  },
  "/api/v1/applications": {
    get: { summary: "All applications that this person may see", answer: "ApplicationList", parameters: [anyCluster] },
  },
  [application]: {
    get: {
      summary: "One application with conditions and permissions",
      answer: "ApplicationDetail",
      parameters: [...unit, cluster],
    },
  },
  [`${application}/resources`]: {
    get: { summary: "Its resource tree", answer: "ResourceList", parameters: [...unit, cluster] },
  },
  [`${application}/history`]: {
    get: { summary: "Its revisions, newest first", answer: "History", parameters: [...unit, cluster] },
  },
  [`${application}/events`]: {
    get: {
      summary: "Kubernetes events about it and about everything it has in the cluster, newest first",
      answer: "KubeEventList",
      parameters: [...unit, cluster],
    },
  },
  [`${application}/diff`]: {
    get: {
      summary: "What differs between two of its revisions",
      answer: "Diff",
      parameters: [...unit, revision("from", "The old side"), revision("to", "The new side"), cluster],
    },
  },
  "/api/v1/compare": {
    get: {
      summary: "What differs between two applications, of any engines",
      answer: "Comparison",
      parameters: [
        query(
          "left",
          "An application at a revision: `engine/namespace/name`, `@` and a revision id, `desired` (also without it) or `live`.",
          text,
          true,
        ),
        query("right", "The other one, in the same form.", text, true),
        cluster,
      ],
    },
  },
  [`${application}/drift`]: {
    get: {
      summary: "Desired against live",
      answer: "Diff",
      parameters: [...unit, query("fresh", "Ask the cluster anew.", boolean), cluster],
    },
  },
  [`${application}/actions/{action}`]: {
    post: {
      summary: "Preview or perform an action",
      body: "ActionRequest",
      answer: "ActionResult",
      parameters: [...unit, path("action", "What to do.", ref("Action")), cluster],
    },
  },
  "/api/v1/activity": {
    get: {
      summary: "What happened to the applications, newest first",
      answer: "ActivityList",
      parameters: [
        query("kind", "Only deployments, failures, drift or actions.", { enum: activityKinds }),
        query("result", "Only what went so.", { enum: activityResults }),
        query("engine", "Only of this engine.", ref("Engine")),
        query("namespace", "Only of this namespace."),
        query("application", "Only of `<engine>/<namespace>/<name>`."),
        query("person", "Only by this person, controller or field manager."),
        query("q", "Only with all these words."),
        query("before", "`next` of the page before."),
        query("limit", "How many, 100 unless told.", { type: "integer", minimum: 1, maximum: 500 }),
        cluster,
      ],
    },
  },
  "/api/v1/overview": {
    get: {
      summary: "What happened in the last hour, and how many deployments and failures there were",
      answer: "Overview",
      parameters: [cluster],
    },
  },
  "/api/v1/drift": {
    get: {
      summary: "All objects that differ from what was applied, with the fields and who wrote them",
      answer: "FleetDrift",
      parameters: [cluster],
    },
  },
  "/api/v1/sources": {
    get: { summary: "Flux's sources, and who takes them", answer: "FluxSourceList", parameters: [cluster] },
  },
  "/api/v1/sources/{kind}/{namespace}/{name}/actions/{action}": {
    post: {
      summary: "Fetch now, suspend or resume a source",
      body: "FluxSourceActionRequest",
      answer: "ActionResult",
      parameters: [
        path("kind", "The source's kind.", ref("FluxSourceKind")),
        path("namespace", "The source's namespace."),
        path("name", "The source's name."),
        path("action", "What to do.", ref("FluxSourceAction")),
        cluster,
      ],
    },
  },
  "/api/v1/automation": {
    get: {
      summary: "Flux's image automation, notifications and operator objects, with their state",
      answer: "AutomationList",
      parameters: [cluster],
    },
  },
  "/api/v1/automation/{kind}/{namespace}/{name}/actions/{action}": {
    post: {
      summary: "Reconcile, suspend or resume one of them",
      body: "FluxSourceActionRequest",
      answer: "ActionResult",
      parameters: [
        path("kind", "The object's kind.", ref("AutomationKind")),
        path("namespace", "The object's namespace."),
        path("name", "The object's name."),
        path("action", "What to do.", ref("FluxSourceAction")),
        cluster,
      ],
    },
  },
  "/api/v1/events": {
    get: {
      summary: "Changes as they happen",
      answer: sse,
      parameters: [query("after", "`<instance>:<sequence>` of what the client has, to go on from there."), cluster],
    },
  },
  [live]: {
    get: { summary: "A live object as masked YAML", answer: "LiveResource", parameters: [...resource, cluster] },
  },
  [`${live}/events`]: {
    get: {
      summary: "Its Kubernetes events, newest first",
      answer: "KubeEventList",
      parameters: [...resource, cluster],
    },
  },
  [`${live}/actions`]: {
    get: {
      summary: "What this person can do with it",
      answer: "ResourcePermissions",
      parameters: [...resource, cluster],
    },
  },
  [`${live}/actions/{action}`]: {
    post: {
      summary: "Preview or perform an action on one resource",
      body: "ResourceActionRequest",
      answer: "ActionResult",
      parameters: [...resource, path("action", "What to do.", ref("ResourceAction")), cluster],
    },
  },
  "/api/v1/logs": {
    get: {
      summary: "The logs of several Pods in one answer",
      answer: {
        type: "text/plain",
        description:
          "First `#` and the containers as a JSON list. Then lines: the container's place in that list, its time, its text; `!`, place and reason where a log can't be read.",
      },
      parameters: [
        query("pod", "`<namespace>/<name>`, up to 20 times.", text, true),
        query("container", "Which container; `*` for all, each Pod's default unless told."),
        query("previous", "Of the containers' previous run.", boolean),
        query("follow", "Go on as they are written.", boolean),
        query("tailLines", "Only the last lines of each; 1000 unless told.", integer),
        query("sinceSeconds", "Only what is this new.", integer),
        cluster,
      ],
    },
  },
  [`${live}/logs`]: {
    get: {
      summary: "A Pod's log",
      answer: { type: "text/plain", description: "The log; it goes on with `follow`." },
      parameters: [
        ...resource,
        query("container", "Which container; needed where there are several."),
        query("previous", "Of the container's previous run.", boolean),
        query("follow", "Go on as it is written.", boolean),
        query("tailLines", "Only the last lines; 1000 unless told.", integer),
        query("sinceSeconds", "Only what is this new.", integer),
        query("timestamps", "With the time before each line.", boolean),
        cluster,
      ],
    },
  },
};

/** The API's description in OpenAPI 3.1, made from the zod schemas that the server and the pages use. */
export function openApiDocument(): object {
  return {
    openapi: "3.1.0",
    info: {
      title: "Driftglass",
      version: "1",
      description:
        "Changes need a same-origin `Origin` or `Sec-Fetch-Site` header and a JSON body. Errors are `application/problem+json`.",
    },
    paths: Object.fromEntries(
      Object.entries(operations).map(([at, methods]) => [
        at,
        Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, describe(operation)])),
      ]),
    ),
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "driftglass_session",
          description: "`__Host-driftglass_session` over HTTPS.",
        },
      },
    },
  };
}

function describe(operation: Operation): object {
  const { answer } = operation;
  const success =
    typeof answer === "string"
      ? { description: answer, content: { "application/json": { schema: ref(answer) } } }
      : {
          description: answer.description,
          ...(answer.type === "" ? {} : { content: { [answer.type]: { schema: text } } }),
        };
  return {
    summary: operation.summary,
    ...(operation.parameters ? { parameters: operation.parameters } : {}),
    ...(operation.body
      ? { requestBody: { required: true, content: { "application/json": { schema: ref(operation.body) } } } }
      : {}),
    security: operation.open ? [] : [{ session: [] }],
    responses: {
      [String(operation.status ?? 200)]: success,
      default: { description: "A problem", content: { "application/problem+json": { schema: ref("Problem") } } },
    },
  };
}

function ref(name: SchemaName): object {
  return { $ref: `#/components/schemas/${name}` };
}

function componentSchemas(): object {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  // As input: answers may gain fields, so unknown ones are not ruled out.
  const made = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: "input" });
  // Each says its own address and dialect, which OpenAPI says for all of them.
  return Object.fromEntries(
    Object.entries(made.schemas).map(([id, schema]) => [id, { ...schema, $schema: undefined, $id: undefined }]),
  );
}
