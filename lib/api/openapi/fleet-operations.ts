import { activityKinds, activityResults } from "../../model/activity.ts";
import { anyCluster, cluster, path, query, ref, type Operations } from "./operation.ts";

const sse = {
  type: "text/event-stream",
  description:
    "Server-sent events; each message's data is one StreamEvent as JSON, its id the sequence number in the cluster that it names.",
};

/** What concerns all of a cluster. */
export const fleetOperations: Operations = {
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
      parameters: [
        query(
          "after",
          "`<instance>:<sequence>` of what the client has, to go on from there; with `cluster=*` once for each cluster.",
        ),
        anyCluster,
      ],
    },
  },
};
