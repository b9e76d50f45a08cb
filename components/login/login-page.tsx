"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { LoginOptions, LoginRequest, Problem } from "#lib/api/contract.ts";
import { logIn } from "#lib/api/client.ts";
import { problemOf } from "#lib/api/errors.ts";
import { ThemeSwitch } from "#components/shell/theme-switch.tsx";
import { Logo } from "#components/ui/logo.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { KubeconfigForm } from "./kubeconfig-form.tsx";
import { LocalContexts } from "./local-contexts.tsx";
import { TokenForm } from "./token-form.tsx";

/** What a form gets: the way to log in, and how the last try went. */
export type LoginFormProps = {
  submit: (request: LoginRequest) => void;
  busy: boolean;
  /** Contexts to choose from, when the server asked for one. */
  contexts: string[] | undefined;
};

/** Logging in with one's own credentials: a token, a kubeconfig, or a context of this machine. */
export function LoginPage({ next, ended, options }: { next: string; ended: boolean; options: LoginOptions }) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const local = options.contexts;
  const way = chosen ?? (local.length > 0 ? "local" : "token");

  async function submit(request: LoginRequest) {
    setBusy(true);
    setProblem(undefined);
    try {
      await logIn(request);
      client.clear();
      location.assign(next);
    } catch (error) {
      setBusy(false);
      setProblem(problemOf(error));
    }
  }

  const contexts = problem?.code === "context-required" ? problem.contexts : undefined;
  const form: LoginFormProps = { submit: (request) => void submit(request), busy, contexts };
  return (
    <main className="grid min-h-dvh grid-rows-[1fr_auto] bg-bg">
      <div className="mx-auto flex w-full max-w-md flex-col justify-center px-4 py-12">
        <div className="mb-6 flex items-center gap-3">
          <Logo className="size-8" />
          <div>
            <h1 className="text-title font-semibold tracking-tight">Driftglass</h1>
            <p className="text-muted">Log in with your own cluster credentials</p>
          </div>
        </div>
        <div className="overflow-hidden rounded-lg border border-line bg-surface">
          <Tabs
            label="Ways to log in"
            inset="px-2 sm:px-3"
            value={way}
            onChange={(value) => {
              setChosen(value);
              setProblem(undefined);
            }}
            items={[
              ...(local.length > 0 ? [{ value: "local", label: "This machine" }] : []),
              { value: "token", label: "Token" },
              { value: "kubeconfig", label: "Kubeconfig" },
            ]}
          >
            <div className="flex flex-col gap-4 p-4 sm:p-5">
              {ended && problem === undefined && (
                <Banner tone="idle" glyph="Unknown">
                  Your session has ended. Log in again to go on where you were.
                </Banner>
              )}
              {problem !== undefined && contexts === undefined && (
                <Banner tone="bad" glyph="Degraded" role="alert">
                  <span className="font-medium">{problem.title}</span>
                  {problem.detail !== undefined && problem.detail !== problem.title && (
                    <span className="block">{problem.detail}</span>
                  )}
                  {problem.hint !== undefined && <span className="mt-1 block text-muted">{problem.hint}</span>}
                </Banner>
              )}
              {way === "local" && <LocalContexts {...form} options={local} />}
              {way === "token" && <TokenForm {...form} cluster={options.tokenCluster} />}
              {way === "kubeconfig" && <KubeconfigForm {...form} />}
              {options.message !== undefined && <p className="text-xs text-muted">{options.message}</p>}
            </div>
          </Tabs>
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
