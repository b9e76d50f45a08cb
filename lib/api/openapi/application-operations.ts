import { anyCluster, boolean, cluster, path, query, ref, text, type Parameter, type Operations } from "./operation.ts";

const unit = [
  path("engine", "The engine.", ref("Engine")),
  path("namespace", "The unit's namespace."),
  path("name", "The unit's name."),
];
const revision = (name: string, words: string): Parameter =>
  query(name, `${words}: a revision id, \`desired\` or \`live\`.`, text, true);
const application = "/api/v1/applications/{engine}/{namespace}/{name}";

/** The applications, one by one and together. */
export const applicationOperations: Operations = {
  "/api/v1/applications": {
    get: {
      summary: "All applications that this person may see",
      answer: "ApplicationList",
      parameters: [
        anyCluster,
        query("engine", "Those of one engine alone.", ref("Engine")),
        query(
          "format",
          "`table` answers the items by column, as ApplicationTable: a third of the text. Each `uid` is empty there.",
          {
            type: "string",
            enum: ["table"],
          },
        ),
      ],
    },
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
};
