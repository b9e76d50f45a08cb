"use client";
import { useEffect, useId, useRef, useState } from "react";
import type { LoginOptions } from "#lib/api/session-contract.ts";
import { Button } from "#components/ui/button.tsx";
import { Command } from "#components/ui/command.tsx";
import { Input } from "#components/ui/input.tsx";
import { ContextChoice } from "./context-choice.tsx";
import type { LoginFormProps } from "./login-ways.tsx";

/** Logs in with a bearer token, for a cluster that this server is set up for. */
export function TokenForm({
  submit,
  busy,
  cluster: first,
  clusters,
}: LoginFormProps & { cluster: LoginOptions["tokenCluster"]; clusters: NonNullable<LoginOptions["tokenClusters"]> }) {
  const [token, setToken] = useState("");
  const [chosen, setChosen] = useState<string>();
  const cluster = clusters.find(({ name }) => name === chosen) ?? first;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // The one thing to do here, for whoever chose this way.
  useEffect(() => field.current?.focus(), []);
  if (cluster === undefined) {
    return (
      <p className="text-muted">
        This server knows no cluster that a bare token could be for. Log in with a kubeconfig, which names its cluster,
        or ask whoever runs Driftglass to set one.
      </p>
    );
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (token.trim() !== "" && !busy)
          submit({ token: token.trim(), ...(clusters.length > 1 && { cluster: cluster.name }) });
      }}
    >
      {clusters.length > 1 && (
        <ContextChoice
          legend="Cluster"
          value={cluster.name}
          onChange={setChosen}
          contexts={clusters.map(({ name, server }) => ({ name, detail: server }))}
        />
      )}
      <div>
        <label htmlFor={id} className="mb-1 block font-medium">
          Bearer token
        </label>
        <Input
          id={id}
          type="password"
          autoComplete="off"
          spellCheck={false}
          ref={field}
          required
          value={token}
          onChange={(event) => setToken(event.target.value)}
          className="mono"
          aria-describedby={`${id}-hint`}
        />
        <p id={`${id}-hint`} className="mt-1.5 text-xs text-muted">
          {cluster && (
            <>
              For <span className="font-medium text-ink">{cluster.name}</span> at{" "}
              <span className="mono [overflow-wrap:anywhere]">{cluster.server}</span>.{" "}
            </>
          )}
          A token of a service account comes from:
        </p>
        <Command text="kubectl create token NAME -n NAMESPACE" />
      </div>
      <Button type="submit" look="primary" busy={busy} size="large">
        {busy ? "Asking the cluster…" : "Log in"}
      </Button>
    </form>
  );
}
