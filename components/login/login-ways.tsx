"use client";
import { useState } from "react";
import type { LoginOptions, LoginRequest, Session } from "#lib/api/session-contract.ts";
import type { Problem } from "#lib/api/problem-contract.ts";
import { problemOf } from "#lib/api/errors.ts";
import { Banner } from "#components/ui/notice.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { KubeconfigForm } from "./kubeconfig-form.tsx";
import { LocalContexts } from "./local-contexts.tsx";
import { OidcWay } from "./oidc-way.tsx";
import { ProxyWay } from "./proxy-way.tsx";
import { TokenForm } from "./token-form.tsx";

/** What a form gets: the way to log in, and how the last try went. */
export type LoginFormProps = {
  submit: (request: LoginRequest) => void;
  busy: boolean;
  /** Contexts to choose from, when the server asked for one. */
  contexts: string[] | undefined;
};

/** What the ways to log in need of the page or dialog that they stand in. */
export type LoginWaysProps = {
  options: LoginOptions;
  /** Sends it; what goes wrong is shown here. */
  logIn: (request: LoginRequest) => Promise<Session>;
  onDone: (session: Session) => void;
  /** Where a login at the identity provider leads. `newTab` leaves this page where it is. */
  oidc: { next: string; newTab?: boolean } | undefined;
  /** Something to know before, such as that a session has ended. */
  notice?: string | undefined;
};

/** The ways to log in with one's own credentials, as this server offers them. */
export function LoginWays({ options, logIn, onDone, oidc, notice }: LoginWaysProps) {
  const [chosen, setChosen] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const ways = [
    ...(options.proxy ? [{ value: "proxy", label: "Single sign-on" }] : []),
    ...(options.oidc && oidc ? [{ value: "oidc", label: "Single sign-on" }] : []),
    ...(options.contexts.length > 0 ? [{ value: "local", label: "This machine" }] : []),
    { value: "token", label: "Token" },
    { value: "kubeconfig", label: "Kubeconfig" },
  ];
  const way = chosen ?? ways[0]?.value;

  async function submit(request: LoginRequest) {
    setBusy(true);
    setProblem(undefined);
    try {
      onDone(await logIn(request));
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  }

  const contexts = problem?.code === "context-required" ? problem.contexts : undefined;
  const form: LoginFormProps = { submit: (request) => void submit(request), busy, contexts };
  return (
    <Tabs
      label="Ways to log in"
      inset="px-2 sm:px-3"
      value={way ?? "token"}
      onChange={(value) => {
        setChosen(value);
        setProblem(undefined);
      }}
      items={ways}
    >
      <div className="flex flex-col gap-4 p-4 sm:p-5">
        {notice !== undefined && problem === undefined && (
          <Banner tone="idle" glyph="Unknown">
            {notice}
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
        {way === "proxy" && options.proxy && <ProxyWay {...form} user={options.proxy.user} />}
        {way === "oidc" && options.oidc && oidc && <OidcWay name={options.oidc.name} {...oidc} />}
        {way === "local" && <LocalContexts {...form} options={options.contexts} />}
        {way === "token" && (
          <TokenForm {...form} cluster={options.tokenCluster} clusters={options.tokenClusters ?? []} />
        )}
        {way === "kubeconfig" && <KubeconfigForm {...form} />}
        {options.message !== undefined && <p className="text-xs text-muted">{options.message}</p>}
      </div>
    </Tabs>
  );
}
