"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { listHref } from "#components/live/paths.ts";
import { MiddleName } from "#components/ui/middle-name.tsx";

/** Where this page is. The last crumb is the page itself. */
export function Breadcrumbs() {
  const [page, , namespace, name] = usePathname().split("/").filter(Boolean).map(decodeURIComponent);
  if (page === "overview") return <Crumb last>Overview</Crumb>;
  if (page === "activity") return <Crumb last>Activity</Crumb>;
  if (page === "drift") return <Crumb last>Drift</Crumb>;
  if (page === "compare") return <Crumb last>Compare</Crumb>;
  if (page === "sources") return <Crumb last>Sources</Crumb>;
  if (name === undefined || namespace === undefined) return <Crumb last>Apps</Crumb>;
  return (
    <>
      <Link href={listHref()} className="rounded-sm text-muted hover:text-ink max-sm:hidden">
        Apps
      </Link>
      <Slash />
      <Link
        href={listHref(`?namespace=${encodeURIComponent(namespace)}`)}
        className="min-w-0 truncate rounded-sm text-muted hover:text-ink max-sm:hidden"
      >
        {namespace}
      </Link>
      <Slash />
      <Crumb last>
        <MiddleName name={name} />
      </Crumb>
    </>
  );
}

function Slash() {
  return (
    <span aria-hidden="true" className="text-line-strong max-sm:hidden">
      /
    </span>
  );
}

function Crumb({ children, last }: { children: React.ReactNode; last?: boolean }) {
  return (
    <span aria-current={last ? "page" : undefined} className="min-w-0 truncate font-medium">
      {children}
    </span>
  );
}
