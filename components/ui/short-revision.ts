/**
 * A revision the way its own tool shortens it: Flux writes `main@sha1:<40 hex>` and people read `main@4a637a6`; a bare
 * digest keeps its algorithm (`sha256:267e8f0…`); versions stay whole.
 */
export function shortRevision(revision: string): string {
  const plain = revision.replace(/^refs\/(heads|tags)\//, "");
  const named = /^(.+)@(?:sha1|sha256|sha384|sha512):([0-9a-f]{7})[0-9a-f]*$/.exec(plain);
  if (named) return `${named[1]}@${named[2]}`;
  const commit = /^(?:sha1:)?([0-9a-f]{7})[0-9a-f]{33}$/.exec(plain);
  if (commit?.[1] !== undefined) return commit[1];
  const digest = /^(sha\d+):([0-9a-f]{7})[0-9a-f]+$/.exec(plain);
  if (digest) return `${digest[1]}:${digest[2]}…`;
  return plain.replace(/\b([0-9a-f]{7})[0-9a-f]{33,}\b/g, "$1");
}
