"use client";
import { GitBranch, LayoutList } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { inCluster } from "#components/live/paths.ts";
import { useApplications } from "#components/live/queries.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { Logo } from "#components/ui/logo.tsx";

/** The pages, at the left; at the foot on a phone. */
export function Rail() {
  const drifted = useApplications().data?.items.filter((item) => item.drift.status === "Drifted").length ?? 0;
  return (
    <nav
      aria-label="Pages"
      className="flex border-line bg-sunken max-md:order-last max-md:h-12 max-md:border-t md:w-44 md:flex-col md:border-r"
    >
      <Link
        href={inCluster("/apps")}
        aria-label="Driftglass, to the list of applications"
        className="hidden h-12 items-center gap-2 px-4 font-semibold tracking-tight md:flex"
      >
        <Logo />
        Driftglass
      </Link>
      <ul className="flex flex-1 gap-0.5 max-md:items-stretch md:flex-col md:px-2 md:pt-2">
        <RailLink href="/apps" icon={<LayoutList aria-hidden className="size-4" />}>
          Apps
        </RailLink>
        <RailLink
          href="/drift"
          icon={<Glyph name="Drift" className="size-4" />}
          count={drifted}
          countLabel={`${drifted} applications have drifted`}
        >
          Drift
        </RailLink>
        <RailLink href="/sources" icon={<GitBranch aria-hidden className="size-4" />}>
          Sources
        </RailLink>
      </ul>
    </nav>
  );
}

function RailLink(props: { href: string; icon: ReactNode; count?: number; countLabel?: string; children: ReactNode }) {
  const here = usePathname().startsWith(props.href);
  return (
    <li className="max-md:flex-1">
      <Link
        href={inCluster(props.href)}
        aria-current={here ? "page" : undefined}
        className={cx(
          "flex items-center gap-2 rounded-md -outline-offset-2 transition-colors max-md:h-full max-md:justify-center md:h-8 md:px-2",
          here ? "font-medium text-ink md:bg-selected" : "text-muted hover:text-ink md:hover:bg-hover",
        )}
      >
        <span className={here ? "text-accent" : ""}>{props.icon}</span>
        {props.children}
        {props.count !== undefined && props.count > 0 && (
          <span
            aria-label={props.countLabel}
            className="tabular rounded-sm bg-warn-tint px-1.5 text-xs leading-5 font-medium text-warn md:ml-auto"
          >
            {props.count}
          </span>
        )}
      </Link>
    </li>
  );
}
