/** The parts of a revision: `main@sha1:4a637a6…` has the name `main`, the algorithm `sha1` and the hash. */
interface RevisionParts {
  /** Branch, tag or version; absent for a bare hash. */
  readonly name?: string;
  /** `sha1` or `sha256`; `sha1` for a bare commit. */
  readonly algorithm?: string;
  readonly hash?: string;
}

const named = /^(?:(.*)@)?(sha1|sha256|sha384|sha512|blake3):([0-9a-f]{7,})$/i;
const commit = /^[0-9a-f]{40}$/i;
// Flux before 2.0 wrote `main/4a637a6…`.
const legacy = /^(.+)\/([0-9a-f]{40})$/i;
const shownDigits = 7;

/**
 * Takes a revision apart, whichever engine wrote it: Flux's `name@algorithm:hash` (fluxcd/pkg `git.Commit`, RFC-0005),
 * Argo CD's bare commits, and chart versions, which are a name only.
 */
export function parseRevision(revision: string): RevisionParts {
  const match = named.exec(revision);
  if (match !== null) {
    const [, name, algorithm = "", hash = ""] = match;
    return {
      ...(name !== undefined && name !== "" && { name: shortRef(name) }),
      algorithm: algorithm.toLowerCase(),
      hash,
    };
  }
  if (commit.test(revision)) return { algorithm: "sha1", hash: revision };
  const old = legacy.exec(revision);
  if (old !== null) return { name: old[1] ?? "", algorithm: "sha1", hash: old[2] ?? "" };
  return { name: revision };
}

/** A revision as its tools shorten it: `main@4a637a6`, `latest@sha256:267e1c2`, `1.4.2`. */
export function shortRevision(revision: string): string {
  // Several sources, several revisions.
  if (revision.includes(", ")) return revision.split(", ").map(shortRevision).join(", ");
  const { name, algorithm, hash } = parseRevision(revision);
  if (hash === undefined) return name ?? revision;
  const digits = algorithm === "sha1" ? hash.slice(0, shownDigits) : `${algorithm}:${hash.slice(0, shownDigits)}`;
  return name === undefined ? digits : `${name}@${digits}`;
}

/** From one revision to another without saying the branch twice: `main@4a637a6 → 91be02c`. */
export function revisionStep(from: string, to: string): string {
  const before = parseRevision(from);
  const after = parseRevision(to);
  const sameName = before.name !== undefined && before.name === after.name && after.hash !== undefined;
  const target = sameName ? shortRevision(`${after.algorithm}:${after.hash}`) : shortRevision(to);
  return `${shortRevision(from)} → ${target}`;
}

/** Whether two revisions name the same content: their hashes where both have one, else their words. */
export function sameRevision(a: string, b: string): boolean {
  if (a === b) return true;
  const left = parseRevision(a);
  const right = parseRevision(b);
  return left.hash !== undefined && left.hash === right.hash && left.algorithm === right.algorithm;
}

function shortRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, "");
}
