"use client";
import { useState } from "react";
import type { LoginOptions } from "#lib/api/session-contract.ts";
import { Button } from "#components/ui/button.tsx";
import { ContextChoice } from "./context-choice.tsx";
import type { LoginFormProps } from "./login-ways.tsx";

/** Logs in with a context of the kubeconfig on the machine where Driftglass runs; only offered there. */
export function LocalContexts({ submit, busy, options }: LoginFormProps & { options: LoginOptions["contexts"] }) {
  const [chosen, setChosen] = useState<string>();
  const value = chosen ?? options.find((option) => option.current)?.name ?? options[0]?.name;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== undefined && !busy) submit({ context: value });
      }}
    >
      <ContextChoice
        legend="Context"
        value={value}
        onChange={setChosen}
        contexts={options.map((option) => ({
          name: option.name,
          detail:
            [option.cluster !== option.name && option.cluster, option.current && "current"]
              .filter(Boolean)
              .join(" · ") || undefined,
        }))}
      />
      <Button type="submit" look="primary" busy={busy} size="large">
        {busy ? "Asking the cluster…" : "Log in"}
      </Button>
    </form>
  );
}
