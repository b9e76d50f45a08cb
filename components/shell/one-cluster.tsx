"use client";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { applicationKey, type ApplicationRef } from "#lib/model/application.ts";
import { everyCluster } from "#lib/model/every-cluster.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { within } from "#components/live/paths.ts";
import { useApplications } from "#components/live/use-applications.ts";
import { buttonClass } from "#components/ui/button.tsx";
import { Placeholder } from "#components/ui/notice.tsx";

type Props = {
  /** What is shown of one cluster at a time: "Sources", an application's name. */
  what: string;
  /** The application that it is about: clusters without it are not offered. */
  unit?: ApplicationRef;
  children: ReactNode;
};

/** A page that is about one cluster. Where all of them are shown, it asks which. */
export function OneCluster({ what, unit, children }: Props) {
  const { across, session } = useLive();
  const items = useApplications().data?.items ?? [];
  const pathname = usePathname();
  const query = new URLSearchParams(useSearchParams());
  if (!across) return children;
  query.delete("cluster");
  const href = query.size > 0 ? `${pathname}?${query}` : pathname;
  const having = new Set(
    unit === undefined
      ? session.clusters.map(({ name }) => name)
      : items.filter((item) => applicationKey(item) === applicationKey(unit)).map(({ cluster }) => cluster),
  );
  const offered = session.clusters.filter(({ name }) => having.size === 0 || having.has(name));
  return (
    <Placeholder
      glyph="Synced"
      title={`${what} of which cluster?`}
      action={
        <>
          {offered.map(({ name }) => (
            <Link key={name} href={within(name, href)} className={buttonClass("plain")}>
              {name}
            </Link>
          ))}
          <Link href={within(everyCluster, "/apps")} className={buttonClass("ghost")}>
            All applications
          </Link>
        </>
      }
    >
      This page shows one cluster at a time.
    </Placeholder>
  );
}
