import Link from "next/link";
import { useId, type ReactNode } from "react";
import { applicationHref, type Located } from "#components/live/paths.ts";
import { countWords } from "#components/ui/count-words.ts";
import { cx } from "#components/ui/cx.ts";
import { MiddleName } from "#components/ui/middle-name.tsx";

/** A part of the overview: what it is about, how many there are, and where there is more. */
export function Panel(props: {
  title: string;
  count?: number | undefined;
  more?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={cx("min-w-0 overflow-hidden rounded-lg border border-line bg-surface", props.className)}
    >
      <header className="flex min-h-10 items-center gap-2 border-b border-line px-4 py-1.5">
        <h2 id={id} className="font-semibold">
          {props.title}
        </h2>
        {props.count !== undefined && <span className="tabular text-muted">{countWords(props.count)}</span>}
        <span className="ml-auto flex items-center gap-2">{props.more}</span>
      </header>
      {props.children}
    </section>
  );
}

/** A line of a panel's list; `wraps` where on a phone a part of it stands below the others. */
export function Line({ children, wraps = false }: { children: ReactNode; wraps?: boolean }) {
  return (
    <li
      className={cx(
        "flex items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2 last:border-b-0 hover:bg-hover",
        wraps && "max-md:flex-wrap",
      )}
    >
      {children}
    </li>
  );
}

/** An application's name, which leads to its page. */
export function ApplicationLink({ application }: { application: Located }) {
  return (
    <Link href={applicationHref(application)} prefetch={false} className="flex min-w-0 font-medium hover:underline">
      <MiddleName name={application.name} />
    </Link>
  );
}

/** One calm sentence where a panel has nothing to show. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="px-4 py-3 text-muted">{children}</p>;
}
