import type { KubeClient } from "../../sandbox/cluster/kube-client.ts";
import type { Figure } from "./report.ts";

const lists = [
  "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations",
  "/apis/helm.toolkit.fluxcd.io/v2/helmreleases",
  "/apis/source.toolkit.fluxcd.io/v1/gitrepositories",
  "/apis/argoproj.io/v1alpha1/applications",
  "/apis/apps/v1/deployments",
  "/api/v1/services",
  "/api/v1/configmaps",
];

/** What nobody can be faster than: the API server's own answer with all objects of the fleet, and what parsing them costs. */
export async function measureFloors(client: KubeClient): Promise<Figure[]> {
  const answers: number[] = [];
  const parsing: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const started = performance.now();
    const objects = await Promise.all(lists.map((path) => client.send("GET", path)));
    answers.push((performance.now() - started) / 1000);
    const text = JSON.stringify(objects);
    const parsed = performance.now();
    JSON.parse(text);
    parsing.push((performance.now() - parsed) / 1000);
  }
  return [
    { what: "floor: all objects but release records from the API server, parsed", unit: "s", values: answers },
    { what: "floor: of that, parsing", unit: "s", values: parsing },
  ];
}
