/** What somebody wants to do, as SelfSubjectAccessReview names it. */
export interface AccessAttributes {
  readonly verb: string;
  readonly group: string;
  /** Plural name, such as `helmreleases`. */
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** The API server's answer to one {@link AccessAttributes}. */
export interface AccessAnswer {
  readonly attributes: AccessAttributes;
  readonly allowed: boolean;
  /** In words, when it is not allowed: "needs patch on helmreleases.helm.toolkit.fluxcd.io in team-a". */
  readonly reason?: string;
}

/** What one person may do in one cluster. Answers are cached for some seconds, in this object alone. */
export interface ClusterAccess {
  /**
   * Asks for each of these, in the same order, at most eight at a time. A review that fails is answered as not allowed, with the
   * failure as its reason. @throws KubeError with status 401 when the credentials have stopped working.
   */
  review(attributes: readonly AccessAttributes[]): Promise<AccessAnswer[]>;
  /**
   * Those of the candidates in which this person may read something beyond what everyone may; for people who may not list
   * namespaces. Candidates that don't exist are left out as far as that can be known.
   */
  readableNamespaces(candidates: readonly string[]): Promise<string[]>;
}

/** The permission that attributes stand for: "needs patch on helmreleases.helm.toolkit.fluxcd.io in team-a". */
export function describeAccess(attributes: AccessAttributes): string {
  const resource = attributes.subresource ? `${attributes.resource}/${attributes.subresource}` : attributes.resource;
  const qualified = attributes.group === "" ? resource : `${resource}.${attributes.group}`;
  const where = attributes.namespace ? ` in ${attributes.namespace}` : "";
  return `needs ${attributes.verb} on ${qualified}${where}`;
}
