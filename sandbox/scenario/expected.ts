import type { ExpectedApplication } from "./expected/application.ts";
import { expectedArgoApplications } from "./expected/argocd.ts";
import { expectedReleases } from "./expected/helm.ts";
import { expectedHelmReleases } from "./expected/helm-releases.ts";
import { expectedWorkloads } from "./expected/kubectl.ts";
import { expectedKustomizations } from "./expected/kustomizations.ts";

/** The single truth about the scenario, which tests compare the page with. */
export const expectedApplications: readonly ExpectedApplication[] = [
  ...expectedKustomizations,
  ...expectedHelmReleases,
  ...expectedArgoApplications,
  ...expectedReleases,
  ...expectedWorkloads,
];
