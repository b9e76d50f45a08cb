"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { ArgocdState } from "#lib/api/argocd-contract.ts";
import { getArgocd, logInToArgocd, logOutOfArgocd } from "#lib/api/client.ts";
import { problemOf } from "#lib/api/errors.ts";
import { scopeKey } from "#lib/api/queries.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

/** How this session stands with Argo CD's own API server, which knows the exact manifests; a token for it can be given here. */
export function ArgocdConnection() {
  const { scope } = useLive();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const key = [...scopeKey(scope), "argocd"];
  const { data } = useQuery({ queryKey: key, queryFn: ({ signal }) => getArgocd(scope.cluster, signal) });
  const settle = (state: ArgocdState): void => {
    client.setQueryData(key, state);
    setAsking(false);
    // What was compared without Argo CD, or with it, is compared anew.
    void client.invalidateQueries({ queryKey: [...scopeKey(scope), "application"] });
  };
  const logIn = useMutation({
    mutationFn: (token: string) => logInToArgocd(scope.cluster, { token }),
    onSuccess: settle,
  });
  const logOut = useMutation({ mutationFn: () => logOutOfArgocd(scope.cluster), onSuccess: settle });
  if (data === undefined || data.state === "unavailable") return null;
  const address = data.url?.replace(/^https?:\/\//, "").replace(/\/$/, "");
  if (data.state === "connected") {
    return (
      <Banner
        tone="ok"
        glyph="Healthy"
        action={
          <Button busy={logOut.isPending} onClick={() => logOut.mutate()}>
            Disconnect
          </Button>
        }
      >
        Connected to Argo CD as <span className="font-medium">{data.username}</span>: compared by Argo CD itself with
        what the source says now, its ignore rules included.
        {data.expiresAt !== undefined && (
          <>
            {" "}
            The token ends <RelativeTime time={data.expiresAt} />.
          </>
        )}
      </Banner>
    );
  }
  const isLost = data.state !== "disconnected";
  return (
    <Banner
      tone={isLost ? "warn" : "idle"}
      glyph={isLost ? "Failed" : "Unknown"}
      action={
        !asking && <Button onClick={() => setAsking(true)}>{isLost ? "Give another token" : "Connect Argo CD"}</Button>
      }
    >
      {isLost
        ? `${data.message ?? "Argo CD does not take the token any more."} Exact comparisons have stopped.`
        : "An exact diff, with what is in Git and not synced yet, comes from Argo CD itself."}
      {asking && (
        <TokenField
          address={address ?? "Argo CD"}
          busy={logIn.isPending}
          error={logIn.error}
          onCancel={() => setAsking(false)}
          onSubmit={(token) => logIn.mutate(token)}
        />
      )}
    </Banner>
  );
}

function TokenField(props: {
  address: string;
  busy: boolean;
  error: Error | null;
  onCancel: () => void;
  onSubmit: (token: string) => void;
}) {
  const [token, setToken] = useState("");
  const id = useId();
  const problem = props.error && problemOf(props.error);
  return (
    <form
      className="mt-2 flex max-w-2xl flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (token.trim() !== "" && !props.busy) props.onSubmit(token.trim());
      }}
    >
      <div className="min-w-0 flex-1 basis-64">
        <label htmlFor={id} className="mb-1 block font-medium">
          Token for {props.address}
        </label>
        <Input
          id={id}
          type="password"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          required
          value={token}
          onChange={(event) => setToken(event.target.value)}
          className="mono h-7"
          aria-invalid={problem !== null}
          aria-describedby={`${id}-hint`}
        />
      </div>
      <Button type="submit" look="primary" busy={props.busy}>
        Connect
      </Button>
      <Button onClick={props.onCancel}>Cancel</Button>
      <p
        id={`${id}-hint`}
        role={problem ? "alert" : undefined}
        className={`basis-full text-xs ${problem ? "text-bad" : "text-muted"}`}
      >
        {problem
          ? [problem.title, problem.detail, problem.hint].filter(Boolean).join(" ")
          : "It is kept with this session alone, and forgotten when you log out. Make one by: argocd account generate-token"}
      </p>
    </form>
  );
}
