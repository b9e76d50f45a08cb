import { lookup } from "node:dns";
import { BlockList, isIP } from "node:net";
import type { LookupFunction } from "node:net";

/** Which API servers uploaded kubeconfigs may name. */
export interface ServerPolicy {
  /** `local`: the person who uploads owns the machine, so any; `hosted`: for many. */
  readonly mode: "local" | "hosted";
  readonly inCluster: boolean;
  /** Hosts (`host`, on any port, or `host:port`) that whoever runs Driftglass has allowed; they alone are, when there are any. */
  readonly allowed: readonly string[];
  /** Further `host` or `host:port` of the cluster that Driftglass runs in. */
  readonly own?: readonly string[];
}

const ownNames = ["kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"];

/** Addresses that belong to the machine or the cloud under it, where no API server of somebody else is. Private networks are not among them: most API servers are there. */
const machine = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["100.100.100.200", 32],
  ["168.63.129.16", 32],
] as const)
  machine.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["::", 128],
  ["::1", 128],
  ["fe80::", 10],
  ["fd00:ec2::", 32],
] as const)
  machine.addSubnet(network, prefix, "ipv6");

/**
 * Whether this Driftglass may talk to the server of an uploaded kubeconfig. Without a list of allowed ones, a hosted Driftglass talks in a cluster
 * to that cluster alone, and elsewhere to every server but the machine itself and its cloud's metadata: a kubeconfig is a way to make
 * the server open connections (SSRF), and their errors tell what is there.
 */
export function mayConnect({ mode, inCluster, allowed, own = [] }: ServerPolicy, server: URL): boolean {
  if (allowed.length > 0) return names([...allowed, ...(inCluster ? [...ownNames, ...own] : [])], server);
  if (mode === "local") return true;
  if (inCluster) return names([...ownNames, ...own], server);
  const host = bare(server.hostname);
  return isIP(host) === 0 ? !/(?:^|\.)localhost\.?$/i.test(host) : !isMachineAddress(host);
}

/** Whether names have to be looked at once more when they are resolved: nothing else vouches for the server. */
export function needsAddressCheck({ mode, inCluster, allowed }: ServerPolicy): boolean {
  return mode === "hosted" && !inCluster && allowed.length === 0;
}

/** Whether an address is the machine's own or of its cloud. */
export function isMachineAddress(address: string): boolean {
  return machine.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** Resolves names as ever, but not to the machine itself or its cloud: a name can point anywhere, and elsewhere a moment later. */
export const lookupElsewhere: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) return callback(error ?? new Error("no address"), "");
    if (addresses.some(({ address }) => isMachineAddress(address))) {
      const refusal = new Error("this name leads to the server itself or its cloud");
      return callback(Object.assign(refusal, { code: "EADDRNOTALLOWED" }), "");
    }
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

function names(list: readonly string[], server: URL): boolean {
  const host = bare(server.hostname).toLowerCase();
  const withPort = `${server.hostname}:${server.port || (server.protocol === "http:" ? "80" : "443")}`.toLowerCase();
  return list.some((entry) => {
    const wanted = entry.toLowerCase();
    return wanted === host || wanted === server.hostname || wanted === withPort;
  });
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}
