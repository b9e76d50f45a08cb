"use client";
import { Gauge, GitBranch, History, LayoutList } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { inCluster } from "#components/live/paths.ts";
import { useApplications } from "#components/live/use-applications.ts";
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
        href={inCluster("/overview")}
        aria-label="Driftglass, to the overview"
        className="hidden h-12 items-center gap-2 px-4 font-semibold tracking-tight md:flex"
      >
        <Logo />
        Driftglass
      </Link>
      <ul className="flex flex-1 gap-0.5 max-md:items-stretch md:flex-col md:px-2 md:pt-2">
        <RailLink href="/overview" icon={<Gauge aria-hidden className="size-4" />}>
          Overview
        </RailLink>
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
        <RailLink href="/activity" icon={<History aria-hidden className="size-4" />}>
          Activity
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
          "relative flex items-center gap-2 rounded-md -outline-offset-2 transition-colors max-md:h-full max-md:flex-col max-md:justify-center max-md:gap-0.5 max-md:text-xs md:h-8 md:px-2",
          here ? "font-medium text-ink md:bg-selected" : "text-muted hover:text-ink md:hover:bg-hover",
        )}
      >
        <span className={here ? "text-accent" : ""}>{props.icon}</span>
        {props.children}
        {props.count !== undefined && props.count > 0 && (
          <span
            aria-label={props.countLabel}
            className="tabular rounded-sm bg-warn-tint px-1.5 text-xs leading-5 font-medium text-warn max-md:absolute max-md:top-0.5 max-md:left-1/2 max-md:ml-2 max-md:px-1 max-md:leading-4 md:ml-auto"
          >
            {props.count}
          </span>
        )}
      </Link>
    </li>
  );
}
