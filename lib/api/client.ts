import type { Action, ActionRequest, ActionResult } from "../model/action.ts";
import type { ActivityFilter } from "../model/activity.ts";
import type { Application, ApplicationRef } from "../model/application.ts";
import { automationKey, type AutomationRef } from "../model/automation.ts";
import { fluxSourceKey, type FluxSourceAction, type FluxSourceRef } from "../model/flux-source.ts";
import type { ResourceAction, ResourceActionRequest, ResourcePermissions } from "../model/resource-action.ts";
import type { ResourceRef } from "../model/resource-ref.ts";
import type { ArgocdLoginRequest, ArgocdState } from "./argocd-contract.ts";
import type { ActivityList, FleetDrift, Overview } from "./activity-contract.ts";
import type {
  ApplicationDetail,
  ApplicationList,
  ApplicationTable,
  History,
  ResourceList,
} from "./application-contract.ts";
import type { Comparison, Diff } from "./diff-contract.ts";
import type { AutomationList, FluxSourceList } from "./source-contract.ts";
import type { KubeEventList, LiveResource } from "./resource-contract.ts";
import type { LoginOptions, LoginRequest, Session } from "./session-contract.ts";
import { readTable } from "./row-table.ts";
import { parseLogLine, type LogEvent } from "./log-lines.ts";
import { ApiError, isProblem, problem, problemOf } from "./errors.ts";

interface CallOptions {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Which part of a log to read; see `…/logs` in the API's description. */
export interface LogQuery {
  readonly container?: string;
  readonly previous?: boolean;
  readonly follow?: boolean;
  readonly tailLines?: number;
  readonly sinceSeconds?: number;
  readonly timestamps?: boolean;
}

/** Which logs to read, and which part of them; see `/api/v1/logs` in the API's description. */
export interface LogsQuery {
  readonly pods: readonly Pick<ResourceRef, "namespace" | "name">[];
  /** `*` for all; without it each Pod's default. */
  readonly container?: string | undefined;
  readonly previous?: boolean;
  readonly follow?: boolean;
  readonly tailLines?: number;
}

/**
 * Who is logged in. All calls of this file throw ApiError, whatever goes wrong, and DOMException `AbortError` when they are aborted.
 * @throws ApiError `unauthenticated`
 */
export const getSession = (signal?: AbortSignal) => call<Session>("/api/v1/session", { signal });

/** Logs in. @throws ApiError, with `contexts` to choose from when its code is `context-required` */
export const logIn = (body: LoginRequest) => call<Session>("/api/v1/session", { method: "POST", body });

/** Logs out; `everywhere` ends this person's sessions in other browsers, too. */
export const logOut = ({ everywhere }: { everywhere?: boolean } = {}) =>
  call<undefined>("/api/v1/session", { method: "DELETE", query: { everywhere: everywhere || undefined } });

/** Ways to log in that the server offers. */
export const getLoginOptions = (signal?: AbortSignal) => call<LoginOptions>("/api/v1/login-options", { signal });

/** Logs in to one more cluster. @throws ApiError as {@link logIn} does */
export const addCluster = (body: LoginRequest) => call<Session>("/api/v1/clusters", { method: "POST", body });

/** Logs out of one cluster of the session. */
export const leaveCluster = (cluster: string) =>
  call<undefined>(`/api/v1/clusters/${encodeURIComponent(cluster)}`, { method: "DELETE" });

/** How this session stands with Argo CD's API server. */
export const getArgocd = (cluster: string, signal?: AbortSignal) =>
  call<ArgocdState>("/api/v1/session/argocd", { query: { cluster }, signal });

/** Gives this session a token for Argo CD's API server. */
export const logInToArgocd = (cluster: string, body: ArgocdLoginRequest) =>
  call<ArgocdState>("/api/v1/session/argocd", { method: "POST", query: { cluster }, body });

/** Forgets that token. */
export const logOutOfArgocd = (cluster: string) =>
  call<ArgocdState>("/api/v1/session/argocd", { method: "DELETE", query: { cluster } });

/** All applications. */
export async function getApplications(cluster: string, signal?: AbortSignal): Promise<ApplicationList> {
  const query = { cluster, format: "table" };
  const { table, ...list } = await call<ApplicationTable>("/api/v1/applications", { query, signal });
  return { ...list, items: await readTable<Application>(table) };
}

/** One application with conditions and permissions. */
export const getApplication = (cluster: string, unit: ApplicationRef, signal?: AbortSignal) =>
  call<ApplicationDetail>(unitPath(unit), { query: { cluster }, signal });

/** Its resource tree. */
export const getResources = (cluster: string, unit: ApplicationRef, signal?: AbortSignal) =>
  call<ResourceList>(unitPath(unit, "resources"), { query: { cluster }, signal });

/** Its revisions, newest first. */
export const getHistory = (cluster: string, unit: ApplicationRef, signal?: AbortSignal) =>
  call<History>(unitPath(unit, "history"), { query: { cluster }, signal });

/** What differs between two revisions; each is a revision id, `desired` or `live`. */
export const getDiff = (cluster: string, unit: ApplicationRef, from: string, to: string, signal?: AbortSignal) =>
  call<Diff>(unitPath(unit, "diff"), { query: { cluster, from, to }, signal });

/** What differs between two applications; each is `engine/namespace/name@revision`. */
export const getComparison = (cluster: string, left: string, right: string, signal?: AbortSignal) =>
  call<Comparison>("/api/v1/compare", { query: { cluster, left, right }, signal });

/** Desired against live; `fresh` asks the cluster anew. */
export const getDrift = (
  cluster: string,
  unit: ApplicationRef,
  options: { fresh?: boolean } = {},
  signal?: AbortSignal,
) => call<Diff>(unitPath(unit, "drift"), { query: { cluster, fresh: options.fresh || undefined }, signal });

/** Previews (`preview: true`) or performs an action. */
export const act = (
  cluster: string,
  unit: ApplicationRef,
  action: Action,
  request: ActionRequest,
  signal?: AbortSignal,
) =>
  call<ActionResult>(unitPath(unit, `actions/${action}`), {
    method: "POST",
    query: { cluster },
    body: request,
    signal,
  });

/** What happened, newest first. */
export const getActivity = (
  cluster: string,
  filter: ActivityFilter,
  page: { before?: string | undefined; limit?: number },
  signal?: AbortSignal,
) => call<ActivityList>("/api/v1/activity", { query: { cluster, ...filter, ...page }, signal });

/** What the list of applications does not tell: the last hour, and the trend. */
export const getOverview = (cluster: string, signal?: AbortSignal) =>
  call<Overview>("/api/v1/overview", { query: { cluster }, signal });

/** Every object that has drifted. */
export const getFleetDrift = (cluster: string, signal?: AbortSignal) =>
  call<FleetDrift>("/api/v1/drift", { query: { cluster }, signal });

/** Flux's sources, and who takes them. */
export const getSources = (cluster: string, signal?: AbortSignal) =>
  call<FluxSourceList>("/api/v1/sources", { query: { cluster }, signal });

/** Has a source fetched now, suspended or resumed. */
export const actOnSource = (cluster: string, source: FluxSourceRef, action: FluxSourceAction) =>
  call<ActionResult>(
    `/api/v1/sources/${fluxSourceKey(source).split("/").map(encodeURIComponent).join("/")}/actions/${action}`,
    { method: "POST", query: { cluster }, body: {} },
  );

/** Flux's image automation, notifications and operator objects. */
export const getAutomation = (cluster: string, signal?: AbortSignal) =>
  call<AutomationList>("/api/v1/automation", { query: { cluster }, signal });

/** Has one of them reconciled now, suspended or resumed. */
export const actOnAutomation = (cluster: string, object: AutomationRef, action: FluxSourceAction) =>
  call<ActionResult>(
    `/api/v1/automation/${automationKey(object).split("/").map(encodeURIComponent).join("/")}/actions/${action}`,
    { method: "POST", query: { cluster }, body: {} },
  );

/** A live object as masked YAML. `ref.version` is needed. */
export const getLiveResource = (cluster: string, ref: ResourceRef, signal?: AbortSignal) =>
  call<LiveResource>(resourcePath(ref), { query: { cluster }, signal });

/** Its Kubernetes events. */
export const getResourceEvents = (cluster: string, ref: ResourceRef, signal?: AbortSignal) =>
  call<KubeEventList>(resourcePath(ref, "events"), { query: { cluster }, signal });

/** What this person can do with one resource. */
export const getResourcePermissions = (cluster: string, ref: ResourceRef, signal?: AbortSignal) =>
  call<ResourcePermissions>(resourcePath(ref, "actions"), { query: { cluster }, signal });

/** Previews (`preview: true`) or performs an action on one resource. */
export const actOnResource = (
  cluster: string,
  ref: ResourceRef,
  action: ResourceAction,
  request: ResourceActionRequest,
  signal?: AbortSignal,
) =>
  call<ActionResult>(resourcePath(ref, `actions/${action}`), {
    method: "POST",
    query: { cluster },
    body: request,
    signal,
  });

/** The Kubernetes events about an application and everything it has in the cluster. */
export const getApplicationEvents = (cluster: string, unit: ApplicationRef, signal?: AbortSignal) =>
  call<KubeEventList>(unitPath(unit, "events"), { query: { cluster }, signal });

/** Reads a Pod's log piece by piece, until it ends or is aborted. */
export async function* readLog(
  cluster: string,
  ref: ResourceRef,
  query: LogQuery,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const response = await send(resourcePath(ref, "logs"), { query: { cluster, ...query }, signal });
  const decoder = new TextDecoder();
  for await (const chunk of chunksOf(response)) yield decoder.decode(chunk, { stream: true });
}

/** Reads the logs of several Pods as they come, until they end or it is aborted. */
export async function* readLogs(
  cluster: string,
  { pods, ...query }: LogsQuery,
  signal: AbortSignal,
): AsyncGenerator<LogEvent[], void, undefined> {
  const search = new URLSearchParams(pods.map(({ namespace = "", name }) => ["pod", `${namespace}/${name}`]));
  const response = await send(`/api/v1/logs?${search}`, { query: { cluster, ...query }, signal });
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunksOf(response)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield lines.flatMap((line) => parseLogLine(line) ?? []);
  }
}

/** Opens the event stream and yields its bytes. @param cluster `*` for all @param after `<instance>:<sequence>` of what has been seen, of each cluster. */
export async function* readEvents(
  cluster: string,
  after: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const search = new URLSearchParams(after.map((each) => ["after", each]));
  yield* chunksOf(await send(`/api/v1/events?${search}`, { query: { cluster }, signal }));
}

async function* chunksOf(response: Response): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function call<T>(path: string, options: CallOptions): Promise<T> {
  const response = await send(path, options);
  return (response.status === 204 ? undefined : await response.json().catch((error: unknown) => fail(error))) as T;
}

async function send(path: string, { method = "GET", query = {}, body, signal }: CallOptions): Promise<Response> {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  const separator = path.includes("?") ? "&" : "?";
  const response = await fetch(search.size > 0 ? `${path}${separator}${search}` : path, {
    method,
    credentials: "same-origin",
    cache: "no-store",
    ...(signal ? { signal } : {}),
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
  }).catch((error: unknown) => fail(error));
  if (response.ok) return response;
  const answer: unknown = await response.json().catch(() => undefined);
  throw new ApiError(
    isProblem(answer) ? answer : problem(response.status, "bad-answer", `The server answered ${response.status}.`),
  );
}

/** Aborts stay what they are; all else is a server that can't be reached. */
function fail(error: unknown): never {
  if (error instanceof DOMException && error.name === "AbortError") throw error;
  throw new ApiError(problemOf(error));
}

function unitPath({ engine, namespace, name }: ApplicationRef, tail?: string): string {
  return ["/api/v1/applications", engine, ...[namespace, name].map(encodeURIComponent), ...(tail ? [tail] : [])].join(
    "/",
  );
}

function resourcePath(ref: ResourceRef, tail?: string): string {
  const segments = [
    ref.group === "" ? "core" : ref.group,
    ref.version ?? "v1",
    ref.kind,
    ref.namespace ?? "_",
    ref.name,
  ];
  return ["/api/v1/resources", ...segments.map(encodeURIComponent), ...(tail ? [tail] : [])].join("/");
}
