import { type ExpectedApplication, well } from "./application.ts";

/** The workloads of kubectl of the scenario. */
export const expectedWorkloads: readonly ExpectedApplication[] = [
  {
    ...well,
    engine: "kubectl",
    namespace: "billing",
    name: "exchange-rates",
    about: "kubectl apply -k, with a Secret in the last-applied annotation",
  },
  {
    ...well,
    engine: "kubectl",
    namespace: "search",
    name: "synonyms",
    // A server-side apply leaves no record of what was applied, but nobody else has written to these since.
    about: "kubectl apply --server-side",
  },
  {
    ...well,
    engine: "kubectl",
    namespace: "platform",
    name: "backup",
    about: "an ApplySet",
  },
  {
    ...well,
    engine: "kubectl",
    namespace: "team-a",
    name: "landing-page",
    history: 3,
    drift: {
      status: "Drifted",
      kind: "Deployment",
      namespace: "team-a",
      name: "landing-page",
      field: "spec.replicas",
      desired: "1",
      live: "3",
      manager: "kubectl",
    },
    about: "three rollouts, then scaled by hand",
  },
];
