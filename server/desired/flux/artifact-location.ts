/** How an artifact is reached: directly, or through the API server's service proxy (then `path` is one of the API server). */
export type ArtifactLocation =
  | { readonly via: "direct"; readonly url: string }
  | { readonly via: "service-proxy"; readonly path: string };

/**
 * Where to fetch an artifact URL from. Hosts that are allowed by configuration are asked directly; names of Services
 * (`NAME.NAMESPACE.svc[.cluster.local]`) through the API server, as the person whose credentials they are. Everything else is refused, so that a source's
 * status can't send Driftglass to any address. Undefined when refused.
 */
export function locateArtifact(url: string, allowedHosts: readonly string[]): ArtifactLocation | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (
    !parsed ||
    (parsed.protocol !== "http:" && parsed.protocol !== "https:") ||
    parsed.username !== "" ||
    parsed.password !== ""
  )
    return undefined;
  const secure = parsed.protocol === "https:";
  const port = parsed.port === "" ? (secure ? "443" : "80") : parsed.port;
  const host = parsed.hostname.replace(/\.$/, "");
  if (allowedHosts.includes(`${host}:${port}`)) return { via: "direct", url: parsed.href };
  const service = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.[a-z0-9.-]+)?$/.exec(host);
  const segments = parsed.pathname.split("/").filter((segment) => segment !== "");
  if (!service || parsed.search !== "" || segments.some((segment) => /^(?:\.|%2e)+$/i.test(segment))) return undefined;
  const scheme = secure ? "https" : "http";
  return {
    via: "service-proxy",
    path: `/api/v1/namespaces/${service[2]}/services/${scheme}:${service[1]}:${port}/proxy/${segments.join("/")}`,
  };
}
