"use client";
import { useQueryClient } from "@tanstack/react-query";
import type { LoginOptions } from "#lib/api/session-contract.ts";
import { logIn } from "#lib/api/client.ts";
import { ThemeSwitch } from "#components/shell/theme-switch.tsx";
import { Logo } from "#components/ui/logo.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { LoginWays } from "./login-ways.tsx";

/** Why a login at the identity provider failed, in words for each of the server's. */
const failures: Readonly<Record<string, { title: string; hint: string }>> = {
  denied: {
    title: "The identity provider did not let you in.",
    hint: "Try again, or ask who runs it for access to Driftglass.",
  },
  expired: { title: "This login took too long, or began in another browser.", hint: "Begin again." },
  provider: {
    title: "The identity provider could not log you in.",
    hint: "Try again in a moment. Driftglass' log says what it answered.",
  },
  cluster: {
    title: "The cluster does not accept what the identity provider says about you.",
    hint: "Ask who runs the cluster whether its API server trusts this identity provider.",
  },
};

/** Logging in with one's own credentials: at an identity provider, with a token, a kubeconfig, or a context of this machine. */
export function LoginPage({
  next,
  ended,
  failed,
  options,
}: {
  next: string;
  ended: boolean;
  /** Why a login at the identity provider failed, in one word. */
  failed: string | undefined;
  options: LoginOptions;
}) {
  const client = useQueryClient();
  const failure = failed === undefined ? undefined : failures[failed];
  return (
    <main className="grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[1fr_auto] bg-bg">
      <div className="mx-auto flex w-full max-w-md flex-col justify-center px-4 py-12">
        <div className="mb-6 flex items-center gap-3">
          <Logo className="size-8" />
          <div>
            <h1 className="text-title font-semibold tracking-tight">Driftglass</h1>
            <p className="text-muted">Log in with your own cluster credentials</p>
          </div>
        </div>
        {failure !== undefined && (
          <div className="mb-4">
            <Banner tone="bad" glyph="Degraded" role="alert">
              <span className="font-medium">{failure.title}</span>
              <span className="mt-1 block text-muted">{failure.hint}</span>
            </Banner>
          </div>
        )}
        <div className="overflow-hidden rounded-lg border border-line bg-surface">
          <LoginWays
            options={options}
            logIn={logIn}
            oidc={{ next }}
            notice={ended ? "Your session has ended. Log in again to go on where you were." : undefined}
            onDone={() => {
              client.clear();
              location.assign(next);
            }}
          />
        </div>
        <p className="mt-4 text-xs text-muted">
          Driftglass has no rights of its own: you see and do what your credentials allow. They stay on its server, in
          memory, and end with your session.
        </p>
      </div>
      <div className="flex justify-end p-3">
        <ThemeSwitch />
      </div>
    </main>
  );
}
