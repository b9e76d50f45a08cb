import { isAbsolute, join } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { CredentialError } from "./credential-error.ts";

const text = z.string().nullish();
const clusterSchema = z.looseObject({
  name: z.string(),
  cluster: z.looseObject({ server: text, "certificate-authority": text }).nullish(),
});
const userSchema = z.looseObject({
  name: z.string(),
  user: z
    .looseObject({
      exec: z.unknown().optional(),
      "auth-provider": z.unknown().optional(),
      token: text,
      tokenFile: text,
      "token-file": text,
      "client-certificate": text,
      "client-key": text,
      username: text,
      as: text,
      "as-uid": text,
      "as-groups": z.array(z.string()).nullish(),
      "as-user-extra": z.unknown().optional(),
    })
    .nullish(),
});
const contextSchema = z.looseObject({
  name: z.string(),
  context: z.looseObject({ cluster: text, user: text, namespace: text }).nullish(),
});
const documentSchema = z.looseObject({
  clusters: z.array(clusterSchema).nullish(),
  users: z.array(userSchema).nullish(),
  contexts: z.array(contextSchema).nullish(),
  "current-context": text,
});

/** A kubeconfig whose outline has been checked; nothing that it names has been opened or run. */
export interface KubeconfigDocument {
  readonly clusters: readonly z.infer<typeof clusterSchema>[];
  readonly users: readonly z.infer<typeof userSchema>[];
  readonly contexts: readonly z.infer<typeof contextSchema>[];
  readonly current: string | undefined;
}

/** One context of a kubeconfig, for a choice. */
export interface ContextSummary {
  readonly name: string;
  readonly cluster: string;
  readonly current: boolean;
}

const kubectlHint = "Make one with `kubectl config view --raw --minify --flatten`.";

/**
 * Reads a kubeconfig's outline. It opens no file and runs nothing: client-node's own parser reads token files while it parses,
 * so it may only see what has been checked here.
 *
 * @throws CredentialError `invalid-kubeconfig` for text that is not one. The message tells where, never what stands there.
 */
export function parseKubeconfig(yamlText: string): KubeconfigDocument {
  let value: unknown;
  try {
    const document = parseDocument(yamlText, { prettyErrors: true, logLevel: "silent" });
    const error = document.errors[0];
    if (error) {
      const line = error.linePos?.[0].line;
      throw invalid(`This is not valid YAML${line === undefined ? "" : ` (line ${line})`}.`);
    }
    value = document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    throw error instanceof CredentialError ? error : invalid("This is not valid YAML.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid("This is not a kubeconfig: it has no clusters, users and contexts.");
  }
  const parsed = documentSchema.safeParse(value);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join(".") ?? "";
    throw invalid(`This is not a kubeconfig: \`${path}\` is not what it should be.`);
  }
  const { clusters, users, contexts } = parsed.data;
  if (!contexts || contexts.length === 0) {
    throw new CredentialError("invalid-kubeconfig", "This kubeconfig has no contexts.", kubectlHint);
  }
  return {
    clusters: clusters ?? [],
    users: users ?? [],
    contexts,
    current: parsed.data["current-context"] || undefined,
  };
}

/** The contexts that a kubeconfig offers. @throws CredentialError as {@link parseKubeconfig}. */
export function listContexts(yamlText: string): ContextSummary[] {
  return contextsOf(parseKubeconfig(yamlText));
}

/** The contexts that a parsed kubeconfig offers. */
export function contextsOf(document: KubeconfigDocument): ContextSummary[] {
  return document.contexts.map(({ name, context }) => ({
    name,
    cluster: context?.cluster ?? "",
    current: name === document.current,
  }));
}

/**
 * Joins the files of a `KUBECONFIG` list as kubectl does: the first one to name something wins. Relative paths are
 * resolved against the folder of the file that they stand in.
 */
export function mergeKubeconfigs(
  files: readonly { document: KubeconfigDocument; directory: string }[],
): KubeconfigDocument {
  const absolute = files.map(({ document, directory }) => resolvePaths(document, directory));
  return {
    clusters: firstByName(absolute.flatMap((document) => document.clusters)),
    users: firstByName(absolute.flatMap((document) => document.users)),
    contexts: firstByName(absolute.flatMap((document) => document.contexts)),
    current: absolute.find((document) => document.current)?.current,
  };
}

function resolvePaths(document: KubeconfigDocument, directory: string): KubeconfigDocument {
  const resolve = <T extends Record<string, unknown>>(
    entry: T | null | undefined,
    fields: readonly string[],
  ): T | null | undefined => {
    if (!entry) return entry;
    const paths = fields.flatMap((field): [string, string][] => {
      const path = entry[field];
      return typeof path === "string" && path !== "" && !isAbsolute(path) ? [[field, join(directory, path)]] : [];
    });
    return { ...entry, ...Object.fromEntries(paths) };
  };
  return {
    ...document,
    clusters: document.clusters.map((entry) => ({
      ...entry,
      cluster: resolve(entry.cluster, ["certificate-authority"]),
    })),
    users: document.users.map((entry) => ({
      ...entry,
      user: resolve(entry.user, ["client-certificate", "client-key", "tokenFile", "token-file"]),
    })),
  };
}

function firstByName<T extends { name: string }>(entries: readonly T[]): T[] {
  const found = new Map<string, T>();
  for (const entry of entries) if (!found.has(entry.name)) found.set(entry.name, entry);
  return [...found.values()];
}

function invalid(message: string): CredentialError {
  return new CredentialError("invalid-kubeconfig", message, kubectlHint);
}
