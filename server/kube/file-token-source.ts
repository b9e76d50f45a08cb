import { readFile } from "node:fs/promises";
import { KubeError } from "./client.ts";
import type { TokenSource } from "./token-source.ts";

/** How long a token that was read is taken without looking at its file again; a kubelet writes new ones into it. */
const trustFor = 60_000;

/** The token of a file that somebody else renews, such as a service account's. */
export function fileTokenSource(path: string, now: () => number = Date.now): TokenSource {
  let read: { readonly token: string; readonly until: number } | undefined;
  return {
    async current() {
      if (read && now() < read.until) return read.token;
      const token = (await readFile(path, "utf8").catch(() => "")).trim();
      if (token === "") throw new KubeError(0, "Unreachable", "The file with Driftglass's own token can't be read.");
      read = { token, until: now() + trustFor };
      return token;
    },
    renew(refused) {
      const had = read !== undefined;
      if (read?.token === refused) read = undefined;
      return had;
    },
  };
}
