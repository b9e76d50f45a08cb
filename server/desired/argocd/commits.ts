import type { ApplicationRef } from "#lib/model/application.ts";
import { fields, text } from "#lib/model/health/fields.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import type { ArgoApi } from "./argo-api.ts";
import { isArgoFault } from "./argo-fault.ts";

/** What Git says of a commit. */
export interface Commit {
  readonly author?: string;
  /** Its first line. */
  readonly message?: string;
}

/** A deployed revision that is a commit, with the place of its source where the Application had several at that time. */
export interface DeployedCommit {
  readonly revision: string;
  readonly source?: { readonly index: number; readonly version: string };
}

const commitId = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
/** Commits that one connection remembers: they never change. */
const mostKept = 1_000;

/** Whether a revision is a commit: charts and OCI artifacts have versions and digests. */
export function isCommit(revision: string): boolean {
  return commitId.test(revision);
}

/**
 * Asks Argo CD for what Git says of commits, each once. One that it can't tell of (a rewritten branch, a repository that is gone) is left out.
 * Source: argo-cd `server/application/application.go` RevisionMetadata.
 */
export class Commits {
  readonly #ask: ArgoApi;
  readonly #masker: Pick<Masker, "maskText">;
  readonly #known = new Map<string, Commit>();

  constructor(ask: ArgoApi, masker: Pick<Masker, "maskText">) {
    this.#ask = ask;
    this.#masker = masker;
  }

  /** @returns by revision. @throws ArgoFault when Argo CD does not take the token, or can't be reached */
  async read(
    { namespace, name }: Pick<ApplicationRef, "namespace" | "name">,
    wanted: readonly DeployedCommit[],
    signal?: AbortSignal,
  ): Promise<Map<string, Commit>> {
    const found = new Map<string, Commit>();
    const read = async ({ revision, source }: DeployedCommit): Promise<void> => {
      const key = [namespace, name, revision].join("/");
      const commit =
        this.#known.get(key) ??
        this.#commitOf(
          await this.#ask(
            `/api/v1/applications/${encodeURIComponent(name)}/revisions/${encodeURIComponent(revision)}/metadata`,
            [
              ["appNamespace", namespace],
              ...(source
                ? ([
                    ["sourceIndex", String(source.index)],
                    ["versionId", source.version],
                  ] as const)
                : []),
            ],
            signal,
          ),
        );
      this.#keep(key, commit);
      found.set(revision, commit);
    };
    const each = new Map(wanted.map((commit) => [commit.revision, commit]));
    const results = await Promise.allSettled([...each.values()].map(read));
    for (const result of results)
      if (result.status === "rejected" && !(isArgoFault(result.reason) && isOfOne(result.reason.refusal)))
        throw result.reason;
    return found;
  }

  #commitOf(answer: unknown): Commit {
    const { author, message } = fields(answer);
    const [line = ""] = text(message).trim().split("\n", 1);
    return {
      ...(text(author) !== "" && { author: this.#masker.maskText(text(author)) }),
      ...(line !== "" && { message: this.#masker.maskText(line) }),
    };
  }

  #keep(key: string, commit: Commit): void {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= mostKept && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(key, commit);
  }
}

/** Whether a refusal is about one revision, and not about the whole connection. */
function isOfOne(refusal: string): boolean {
  return refusal === "forbidden" || refusal === "unexpected";
}
