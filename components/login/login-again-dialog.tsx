"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { addCluster, getLoginOptions, getSession, logIn } from "#lib/api/client.ts";
import type { LoginRequest, Session } from "#lib/api/session-contract.ts";
import { isApiError } from "#lib/api/errors.ts";
import { scopeOf, sessionQuery } from "#lib/api/queries.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { loggedInAgain, loginPutOff, type SessionEnd } from "#components/live/session-end.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { hearLogins, tellLogin } from "./login-channel.ts";
import { LoginWays } from "./login-ways.tsx";

/** Into one cluster of the session; when all of it has ended, into a new one. */
function enterAgain(request: LoginRequest): Promise<Session> {
  return addCluster(request).catch((error: unknown) => {
    if (isApiError(error) && error.problem.code === "unauthenticated") return logIn(request);
    throw error;
  });
}

/** Logs in again without leaving the page. The same person goes on with what is there; for another one the page begins anew. */
export default function LoginAgainDialog({ end }: { end: SessionEnd }) {
  const { session, scope, parts } = useLive();
  // The page goes on without a cluster that is not the one it shows.
  const beside = end.cluster === scope.cluster ? undefined : end.cluster;
  const names = beside === undefined ? parts.map((part) => part.scope.cluster) : [beside];
  const concerned = names.map((name) => scopeOf(session, name));
  const queries = useQueryClient();
  const options = useQuery({
    queryKey: ["login-options"],
    queryFn: ({ signal }) => getLoginOptions(signal),
    retry: true,
  });

  function goOn(next: Session) {
    const same = concerned.every(({ cluster, epoch }) => {
      const there = [...next.clusters, ...next.lost].some(({ name }) => name === cluster);
      return there && scopeOf(next, cluster).epoch === epoch;
    });
    if (!same) {
      queries.clear();
      location.reload();
      return;
    }
    queries.setQueryData(sessionQuery().queryKey, next);
    loggedInAgain();
    void queries.invalidateQueries();
  }
  // The person may log in in another tab: at an identity provider, or because that one asked, too.
  useEffect(() =>
    hearLogins(() => {
      void getSession()
        .then(goOn)
        .catch(() => undefined);
    }),
  );
  const leave = () =>
    beside !== undefined
      ? loginPutOff()
      : location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  return (
    <Dialog
      open
      as="small"
      onClose={leave}
      title={end.cluster === undefined ? "Log in again" : `Log in to ${end.cluster} again`}
      description={end.reason ?? "Your session has ended."}
      footer={<Button onClick={leave}>{beside !== undefined ? "Not now" : "Leave this page"}</Button>}
    >
      <p className="mb-3 text-muted">
        {beside !== undefined
          ? "The page goes on with what it shows of other clusters."
          : `The page stays as it is for ${session.identity.username.split(":").at(-1) ?? ""}; nothing new arrives until then.`}
      </p>
      <div className="overflow-hidden rounded-md border border-line">
        {options.data && (
          <LoginWays
            options={options.data}
            logIn={end.cluster === undefined ? logIn : enterAgain}
            oidc={end.cluster === undefined ? { next: "/login/done", newTab: true } : undefined}
            onDone={(next) => {
              tellLogin();
              goOn(next);
            }}
          />
        )}
      </div>
    </Dialog>
  );
}
