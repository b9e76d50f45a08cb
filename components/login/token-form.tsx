"use client";
import { useEffect, useId, useRef, useState } from "react";
import type { LoginOptions } from "#lib/api/contract.ts";
import { Button } from "#components/ui/button.tsx";
import { Command } from "#components/ui/command.tsx";
import { Input } from "#components/ui/input.tsx";
import type { LoginFormProps } from "./login-page.tsx";

/** Logs in with a bearer token, for the one cluster that this server is set up for. */
export function TokenForm({ submit, busy, cluster }: LoginFormProps & { cluster: LoginOptions["tokenCluster"] }) {
  const [token, setToken] = useState("");
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
        if (token.trim() !== "" && !busy) submit({ token: token.trim() });
      }}
    >
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
