"use client";
import { Keyboard } from "lucide-react";
import { useConnection } from "#components/live/connection.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { Logo } from "#components/ui/logo.tsx";
import { Breadcrumbs } from "./breadcrumbs.tsx";
import { ClusterMenu } from "./cluster-menu.tsx";
import { ConnectionState } from "./connection.tsx";
import { IdentityMenu } from "./identity-menu.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

/** Which cluster, where on the page, whether it is live, and who. */
export function Header({ onHelp }: { onHelp: () => void }) {
  const { session, scope, across } = useLive();
  // Who the person is in what is shown: elsewhere they may be somebody else.
  const shown = across
    ? session.clusters
    : [...session.clusters, ...session.lost].filter(({ name }) => name === scope.cluster);
  const connection = useConnection();
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface pr-2 pl-3 sm:pl-5">
      <Logo className="size-5 shrink-0 md:hidden" />
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <ClusterMenu />
        <span aria-hidden="true" className="text-line-strong">
          /
        </span>
        <nav aria-label="Breadcrumbs" className="flex min-w-0 items-center gap-2">
          <Breadcrumbs />
        </nav>
      </div>
      {connection && <ConnectionState {...connection} />}
      <IconButton label="Keyboard shortcuts (?)" onClick={onHelp} className="max-md:hidden">
        <Keyboard aria-hidden className="size-4" />
      </IconButton>
      <ThemeSwitch />
      <IdentityMenu logins={shown.length > 0 ? shown : [{ name: scope.cluster, identity: session.identity }]} />
    </header>
  );
}
