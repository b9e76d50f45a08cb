import type { HttpRuntime } from "../runtime-interface.ts";
import type { Session } from "../session.ts";
import type { OidcTokenSource } from "./oidc-token-source.ts";

/** Logs a session out of the clusters of a login that can't be renewed any more, and keeps its tokens wherever the session is kept. */
export function followTokens(runtime: HttpRuntime, session: Session, source: OidcTokenSource): void {
  const { sessions, shared } = runtime;
  const leave = (reason: string): void => {
    for (const cluster of session.clusters.values())
      if (cluster.credentials.tokens === source) sessions.leave(session, cluster, reason);
  };
  void source.ended.then(leave);
  if (!shared) return;
  source.keeper = {
    confirm: () => shared.confirm(session),
    async renewed() {
      shared.changed(session);
      await shared.settled(session).catch(() => undefined);
    },
  };
}
