import { createHash, timingSafeEqual } from "node:crypto";
import { isInNetworks } from "./networks.ts";
import { peerOf } from "./peer.ts";
import type { HttpConfig } from "./runtime-interface.ts";

/** How a proxy in front of the server says who somebody is. */
export interface ProxySettings {
  /** Header with the user's name. */
  readonly userHeader: string;
  /** Header with their groups, separated by commas. */
  readonly groupsHeader?: string;
  /** What the names of headers begin with that carry further attributes (Kubernetes' `extra`). */
  readonly extraPrefix?: string;
  /** What the proxy sends in {@link secretHeader}, so that nobody else can speak for it. */
  readonly secret?: string;
  readonly secretHeader: string;
  /** Networks that the proxy's connections come from; empty: any. */
  readonly peers: readonly string[];
}

/** Whom a proxy names. */
export interface ProxyUser {
  readonly user: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Whom a trusted proxy names in this request. Undefined when it is no such proxy, when it names nobody (CVE-2026-23990: an empty identity
 * meant the service's own rights), when it names more than one, or somebody of Kubernetes' own (`system:…`): no proxy logs those in.
 */
export function proxyUserOf(request: Request, { proxy }: HttpConfig): ProxyUser | undefined {
  if (!proxy || !isFromProxy(request, proxy)) return undefined;
  const user = request.headers.get(proxy.userHeader)?.trim() ?? "";
  // A header that stands twice arrives as one with a comma: one of the two is not the proxy's.
  if (user === "" || user.includes(",") || isReserved(user)) return undefined;
  const groups = proxy.groupsHeader === undefined ? [] : listOf(request.headers.get(proxy.groupsHeader));
  if (groups.some(isReserved)) return undefined;
  const extra = extraOf(request, proxy.extraPrefix);
  return { user, groups, ...(Object.keys(extra).length > 0 ? { extra } : {}) };
}

/** Whether two say the same person. */
export function isSameProxyUser(a: ProxyUser, b: ProxyUser | undefined): boolean {
  const text = ({ user, groups, extra = {} }: ProxyUser): string =>
    JSON.stringify([user, groups.toSorted(), Object.entries(extra).toSorted(([x], [y]) => (x < y ? -1 : 1))]);
  return b !== undefined && text(a) === text(b);
}

function isFromProxy(request: Request, { secret, secretHeader, peers }: ProxySettings): boolean {
  if (secret === undefined && peers.length === 0) return false;
  if (secret !== undefined && !isEqual(request.headers.get(secretHeader) ?? "", secret)) return false;
  return peers.length === 0 || isInNetworks(peers, peerOf(request) ?? "");
}

function isEqual(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

function extraOf(request: Request, prefix: string | undefined): Record<string, string[]> {
  if (prefix === undefined) return {};
  const start = prefix.toLowerCase();
  return Object.fromEntries(
    [...request.headers].flatMap(([name, value]) =>
      name.startsWith(start) && name.length > start.length ? [[name.slice(start.length), listOf(value)]] : [],
    ),
  );
}

function listOf(value: string | null): string[] {
  return (value ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

function isReserved(name: string): boolean {
  return name.startsWith("system:");
}
