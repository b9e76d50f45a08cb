import type { SandboxLogin } from "../context.ts";
import type { ComponentSet } from "../process/component-set.ts";
import { argocdComponents, argocdNamespace, argocdProject, argocdSettings, linkArgocdTools } from "./argocd.ts";
import { writeAuthenticationConfig } from "./authentication-config.ts";
import { apiServer, controllerManager, etcd, scheduler } from "./control-plane.ts";
import { applyCrds } from "./crds.ts";
import { fluxControllers, fluxNamespace } from "./flux.ts";
import { createKeys } from "./keys.ts";
import { KubeClient } from "./kube-client.ts";
import type { Layout } from "./layout.ts";
import { createLogins, loginNamespace, loginObjects, teamNamespaces } from "./logins.ts";
import { kwok, nodeObjects, podLogs, writeKwokConfiguration } from "./nodes.ts";
import type { KubernetesObject } from "./resource-path.ts";
import { oidcProvider, sourceServers } from "./servers.ts";

/** A cluster that answers; what is still on its way has a promise of its own. */
export interface StartedCluster {
  readonly client: KubeClient;
  readonly logins: readonly SandboxLogin[];
  /** Nodes, pods' lives and the source servers. */
  readonly running: Promise<void>;
}

/** Starts the control plane on fresh state; resolves when people can log in. */
export async function startCluster(layout: Layout, components: ComponentSet): Promise<StartedCluster> {
  await Promise.all([createKeys(layout), writeKwokConfiguration(layout)]);
  const servers = components.startAll(sourceServers(layout));
  await writeAuthenticationConfig(layout);
  // The provider first: an API server that does not find it asks again after ten seconds.
  await Promise.all([components.start(etcd(layout)), components.start(oidcProvider(layout))]);
  await components.start(apiServer(layout));
  const client = await KubeClient.open(layout.apiServerUrl, layout.keys);
  const rest = components.startAll([controllerManager(layout), scheduler(layout), kwok(layout), podLogs(layout)]);
  await client.applyAll([loginNamespace, fluxNamespace, argocdNamespace, ...teamNamespaces].map(namespaceObject));
  await client.applyAll([...loginObjects(), ...nodeObjects()]);
  const logins = await createLogins(client, layout);
  return { client, logins, running: Promise.all([servers, rest]).then(() => undefined) };
}

/** Flux and Argo CD: `served` once their kinds can be applied, `running` once their controllers are ready. */
export interface StartedEngines {
  readonly served: Promise<void>;
  readonly running: Promise<void>;
}

export function startEngines(
  layout: Layout,
  components: ComponentSet,
  client: KubeClient,
  crds: { flux: string; argocd: string },
  argocdKey: string,
): StartedEngines {
  const fluxServed = applyCrds(client, crds.flux);
  const argocdServed = (async (): Promise<void> => {
    await Promise.all([
      applyCrds(client, crds.argocd),
      client.applyAll(argocdSettings(argocdKey)),
      linkArgocdTools(layout),
    ]);
    await client.apply(argocdProject());
  })();
  const flux = fluxServed.then(() => components.startAll(fluxControllers(layout)));
  const argocd = argocdServed.then(() => components.startAll(argocdComponents(layout)));
  return {
    served: Promise.all([fluxServed, argocdServed]).then(() => undefined),
    running: Promise.all([flux, argocd]).then(() => undefined),
  };
}

function namespaceObject(name: string): KubernetesObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}
