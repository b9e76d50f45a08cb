import type { KubeEventList, LiveResource } from "#lib/api/resource-contract.ts";
import type { Action, ActionRequest, ActionResult, Permission } from "#lib/model/action.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { Metrics } from "#server/metrics/metrics.ts";
import type { ActivityPort } from "#server/activity/activity.ts";
import type { SourceActionPort } from "#server/actions/sources/source-actions.ts";
import type { ResourceActionPort } from "#server/actions/workload/resource-actions.ts";
import type { ArgoConnection } from "#server/desired/argocd/argo-connection.ts";
import type { ClusterCredentials, ClusterEndpoint } from "#server/kube/credentials.ts";
import type { Identity } from "#server/kube/identity.ts";
import type { KubeconfigDocument } from "#server/kube/kubeconfig-document.ts";
import type { StreamHub } from "#server/stream/hub.ts";
import type { ClusterView } from "#server/view/view.ts";
import type { ArgocdLogins } from "./argocd-logins.ts";
import type { Clock } from "./clock.ts";
import type { LaunchLinks } from "./launch.ts";
import type { OidcClient } from "./oidc/oidc-client.ts";
import type { PersonLimits } from "./person-limits.ts";
import type { ProxySettings, ProxyUser } from "./proxy-user.ts";
import type { Forwarder } from "./replicas/forwarder.ts";
import type { SharedSessions } from "./replicas/shared-sessions.ts";
import type { Sealer } from "./sealer.ts";
import type { SessionStore } from "./sessions.ts";
import type { LoginThrottle } from "./throttle.ts";
import type { Visits } from "./visits.ts";

/** What the routes need to know of the configuration. */
export interface HttpConfig {
  /** `local`: for the one person who started it, on loopback, with their kubeconfig. */
  readonly mode: "local" | "hosted";
  /** The origin that browsers see (`https://driftglass.example.com`), when it is configured. */
  readonly publicUrl?: string;
  /** Networks of proxies in front, whose `X-Forwarded-For` is believed. */
  readonly trustedProxies?: readonly string[];
  /** The proxy that logs people in, where there is one. */
  readonly proxy?: ProxySettings;
}

/** A share in a cluster view; the view closes when nobody holds one any more. */
export interface ViewLease {
  readonly view: ClusterView;
  /** The credentials of whoever opened it: those of this person, though not always of this session. */
  readonly openedWith: ClusterCredentials;
  /** Gives the share back; further calls do nothing. */
  release(): void;
}

/** The cluster views by (cluster, identity). */
export interface ViewRegistry {
  /** The view of this identity, opened when there is none; does not wait for its first sync. Never hands out a view whose `ended` has resolved. */
  acquire(credentials: ClusterCredentials, identity: Identity): Promise<ViewLease>;
  readonly size: number;
}

/** Where credentials come from besides what a person sends. */
export interface LoginSources {
  /** This machine's kubeconfig, in local mode; undefined in hosted mode. @throws CredentialError when there is none or it can't be read. */
  localKubeconfig(): Promise<KubeconfigDocument | undefined>;
  /** The clusters that tokens are for, the first being the one that is meant when none is named. */
  tokenClusters(): Promise<readonly ClusterEndpoint[]>;
  /** Our own credentials in the first of these, which may do nothing but act as this person. @throws ApiError where there are none */
  impersonating(user: ProxyUser): Promise<ClusterCredentials>;
  /** Refuses API servers of uploaded kubeconfigs that this Driftglass shall not talk to. */
  readonly allowServer?: (server: URL) => boolean;
  /** Whether the names of those API servers must not lead to this machine or its cloud. */
  readonly checkAddresses?: boolean;
  /** Asks the cluster who the credentials belong to. @throws KubeError, CredentialError */
  identify(credentials: ClusterCredentials): Promise<Identity>;
}

/** What a person asks of one application. */
export interface ActionCall {
  readonly view: ClusterView;
  readonly unit: ApplicationRef;
  readonly action: Action;
  readonly request: ActionRequest;
  readonly actor: Identity;
  /** The session's way to Argo CD's API server, where it has one. */
  readonly argocd?: ArgoConnection | undefined;
}

/** The actions, with the person's own rights. */
export interface ActionPort {
  /** One answer for each action that the unit's engine has. */
  permissions(view: ClusterView, unit: ApplicationRef): Promise<Permission[]>;
  /** Previews or performs. @throws ApiError, KubeError */
  perform(call: ActionCall): Promise<ActionResult>;
}

/** How to read a container's log. */
export interface LogOptions {
  readonly container?: string;
  readonly previous?: boolean;
  readonly tailLines?: number;
  readonly sinceSeconds?: number;
  readonly timestamps?: boolean;
  readonly follow?: boolean;
  readonly signal: AbortSignal;
}

/** Reads of single objects, with the person's own rights, masked. @throws KubeError */
export interface LivePort {
  read(view: ClusterView, ref: ResourceRef): Promise<LiveResource>;
  events(view: ClusterView, ref: ResourceRef): Promise<KubeEventList>;
  /** Events about any of these, newest first; their namespaces are asked once each. */
  eventsOfMany(view: ClusterView, refs: readonly ResourceRef[]): Promise<KubeEventList>;
  /** The log as bytes; of a Pod only. */
  logs(view: ClusterView, ref: ResourceRef, options: LogOptions): Promise<AsyncIterable<Uint8Array>>;
}

/** What the routes need of the server's runtime; `server/runtime.ts` composes it. */
export interface HttpRuntime {
  readonly config: HttpConfig;
  readonly sessions: SessionStore;
  readonly streams: StreamHub;
  readonly throttle: LoginThrottle;
  readonly limits: PersonLimits;
  readonly visits: Pick<Visits, "noticed">;
  readonly metrics: Metrics;
  readonly logins: LoginSources;
  /** The identity provider that people may log in at, where there is one. */
  readonly oidc?: OidcClient;
  readonly sealer: Sealer;
  /** The sessions that several replicas have in common, and the way to those replicas; absent where sessions are in this process alone. */
  readonly shared?: SharedSessions;
  readonly forwarder?: Forwarder;
  /** Needed in local mode to use this machine's contexts, unless that is switched off. */
  readonly launch?: LaunchLinks;
  readonly views: ViewRegistry;
  readonly actions: ActionPort & SourceActionPort & ResourceActionPort;
  readonly live: LivePort;
  /** Sessions' ways to Argo CD's API server. */
  readonly argocd: ArgocdLogins;
  readonly activity: ActivityPort;
  readonly clock: Clock;
  /** False while it starts and once it stops; `/readyz` tells. */
  readonly accepting: boolean;
  /** Ends all streams within moments, then sessions and views; later calls do nothing. */
  dispose(): Promise<void>;
}
