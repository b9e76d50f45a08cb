"use client";
import { Check, ChevronDown, CloudOff, LogOut, Plus } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import { everyCluster } from "#lib/model/every-cluster.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { within } from "#components/live/paths.ts";
import { useLeaveCluster } from "#components/live/session.ts";
import { sessionEnded } from "#components/live/session-end.ts";
import { buttonClass } from "#components/ui/button.tsx";
import { Menu, MenuItem, MenuNote, MenuSeparator } from "#components/ui/menu.tsx";

/* Fetched when somebody wants it: most people have one cluster. */
const AddCluster = lazy(() => import("#components/login/add-cluster-dialog.tsx"));

/* What can show all clusters at once; from elsewhere all of them means the list. */
const acrossPages = ["/overview", "/apps", "/drift"];

/** Which cluster is shown, or all of them, the others of this session, and the way to one more. */
export function ClusterMenu() {
  const { session, scope, across } = useLive();
  const leave = useLeaveCluster();
  const router = useRouter();
  const pathname = usePathname();
  const [adding, setAdding] = useState(false);
  const chosen = session.clusters.find((cluster) => cluster.name === scope.cluster);
  // An application of one cluster is not in another: its list is.
  const page = pathname.startsWith("/apps/") ? "/apps" : pathname;
  const show = (name: string) => {
    const shown = name === everyCluster && !acrossPages.includes(page) ? "/apps" : page;
    const href = within(name, shown);
    // Of the same page the server has nothing new to say.
    if (shown === pathname) history.pushState(null, "", href);
    else router.push(href);
  };
  return (
    <>
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            aria-label={across ? "All clusters" : `Cluster ${scope.cluster}`}
            className={buttonClass("ghost", "-mx-2 min-w-0 shrink px-2 font-normal")}
          >
            <span className="truncate">{across ? "All clusters" : scope.cluster}</span>
            <ChevronDown aria-hidden className="size-3.5 shrink-0" />
          </button>
        }
      >
        <MenuNote>
          {across && `What ${session.clusters.length} clusters have, in one list: of each what you may see there.`}
          {chosen !== undefined && <span className="mono block [overflow-wrap:anywhere]">{chosen.server}</span>}
          {chosen?.version !== undefined && <span className="mt-1 block">Kubernetes {chosen.version}</span>}
          {chosen !== undefined && (
            <span className="mt-1 block [overflow-wrap:anywhere]">As {chosen.identity.username}</span>
          )}
        </MenuNote>
        {session.clusters.length + session.lost.length > 1 && (
          <>
            <MenuSeparator />
            <MenuItem
              icon={<Check aria-hidden className={across ? undefined : "invisible"} />}
              onSelect={() => show(everyCluster)}
            >
              All clusters
            </MenuItem>
            {session.clusters.map(({ name }) => (
              <MenuItem
                key={name}
                icon={<Check aria-hidden className={name === scope.cluster ? undefined : "invisible"} />}
                onSelect={() => show(name)}
              >
                {name}
              </MenuItem>
            ))}
            {session.lost.map(({ name, reason }) => (
              <MenuItem key={name} icon={<CloudOff aria-hidden />} onSelect={() => sessionEnded(reason, name)}>
                {name}: log in again
              </MenuItem>
            ))}
          </>
        )}
        <MenuSeparator />
        <MenuItem icon={<Plus aria-hidden />} onSelect={() => setAdding(true)}>
          Log in to another cluster…
        </MenuItem>
        {chosen !== undefined && session.clusters.length > 1 && (
          <MenuItem icon={<LogOut aria-hidden />} onSelect={() => show(leave(session, chosen.name))}>
            Log out of {chosen.name}
          </MenuItem>
        )}
      </Menu>
      {adding && (
        <Suspense>
          <AddCluster
            session={session}
            onClose={() => setAdding(false)}
            onDone={(name) => {
              setAdding(false);
              show(name);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
