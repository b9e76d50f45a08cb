import { boolean, cluster, path, query, ref, text, type Operations } from "./operation.ts";

const resource = [
  path("group", "The API group; `core` for the core group."),
  path("version", "The API version."),
  path("kind", "The kind."),
  path("namespace", "The namespace; `_` for none."),
  path("name", "The object's name."),
];
const integer = { type: "integer", minimum: 1 } as const;
const live = "/api/v1/resources/{group}/{version}/{kind}/{namespace}/{name}";

/** Single objects and their logs. */
export const resourceOperations: Operations = {
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
