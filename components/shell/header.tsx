"use client";
import { ChevronDown, Keyboard } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useConnection } from "#components/live/connection.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { IconButton, buttonClass } from "#components/ui/button.tsx";
import { Menu, MenuItem, MenuNote } from "#components/ui/menu.tsx";
import { Logo } from "#components/ui/logo.tsx";
import { Breadcrumbs } from "./breadcrumbs.tsx";
import { ConnectionState } from "./connection.tsx";
import { IdentityMenu } from "./identity-menu.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

/** Which cluster, where on the page, whether it is live, and who. */
export function Header({ onHelp }: { onHelp: () => void }) {
  const { session } = useLive();
  const connection = useConnection();
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface pr-2 pl-3 sm:pl-5">
      <Logo className="size-5 shrink-0 md:hidden" />
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <ClusterName />
        <span aria-hidden="true" className="text-line-strong">
          /
        </span>
        <nav aria-label="Breadcrumbs" className="flex min-w-0 items-center gap-2">
          <Breadcrumbs />
        </nav>
      </div>
      {connection && <ConnectionState connection={connection} />}
      <IconButton label="Keyboard shortcuts (?)" onClick={onHelp} className="max-md:hidden">
        <Keyboard aria-hidden className="size-4" />
      </IconButton>
      <ThemeSwitch />
      <IdentityMenu session={session} />
    </header>
  );
}

function ClusterName() {
  const { session, scope } = useLive();
  const router = useRouter();
  const pathname = usePathname();
  const chosen = session.clusters.find((cluster) => cluster.name === scope.cluster);
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={`Cluster ${scope.cluster}`}
          className={buttonClass("ghost", "-mx-2 min-w-0 shrink px-2 font-normal")}
        >
          <span className="truncate">{scope.cluster}</span>
          <ChevronDown aria-hidden className="size-3.5 shrink-0" />
        </button>
      }
    >
      <MenuNote>
        <span className="mono block [overflow-wrap:anywhere]">{chosen?.server}</span>
        {chosen?.version !== undefined && <span className="mt-1 block">Kubernetes {chosen.version}</span>}
      </MenuNote>
      {session.clusters.length > 1 &&
        session.clusters.map((cluster) => (
          <MenuItem
            key={cluster.name}
            onSelect={() =>
              router.push(
                `${pathname.startsWith("/apps/") ? "/apps" : pathname}?cluster=${encodeURIComponent(cluster.name)}`,
              )
            }
          >
            {cluster.name}
          </MenuItem>
        ))}
    </Menu>
  );
}
