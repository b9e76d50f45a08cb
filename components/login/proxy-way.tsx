"use client";
import { Button } from "#components/ui/button.tsx";
import type { LoginFormProps } from "./login-ways.tsx";

/** Logs in as the person whom the proxy in front of the server has recognised. */
export function ProxyWay({ submit, busy, user }: LoginFormProps & { user: string }) {
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) submit({ proxy: true });
      }}
    >
      <p className="text-muted">
        You are logged in as <span className="font-medium [overflow-wrap:anywhere] text-ink">{user}</span>. The cluster
        decides what you may see and do.
      </p>
      <Button type="submit" look="primary" busy={busy} size="large">
        {busy ? "Asking the cluster…" : `Continue as ${user}`}
      </Button>
    </form>
  );
}
