import { ExternalLink } from "lucide-react";
import NextLink from "next/link";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { safeHref } from "./safe-href.ts";

/**
 * A link that goes to a page of ours or to http(s). Addresses come from cluster objects, so anything else
 * (`javascript:`, `data:`…) is shown as plain text.
 */
export function SafeLink({ href, children, className }: { href: string; children: ReactNode; className?: string }) {
  const safe = safeHref(href);
  if (safe === undefined) return <span className={className}>{children}</span>;
  const look = cx("text-accent underline-offset-2 hover:underline", className);
  if (safe.external) {
    return (
      <a
        href={safe.href}
        target="_blank"
        rel="noreferrer noopener"
        className={cx("inline-flex min-w-0 items-center gap-1", look)}
      >
        <span className="min-w-0 truncate">{children}</span>
        <ExternalLink aria-label="(opens in a new tab)" className="size-3 shrink-0" />
      </a>
    );
  }
  return (
    <NextLink href={safe.href} className={look}>
      {children}
    </NextLink>
  );
}
