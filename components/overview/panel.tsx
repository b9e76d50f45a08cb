import type { ReactNode } from "react";
import { useId } from "react";
import { cx } from "#components/ui/cx.ts";

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
        {props.count !== undefined && <span className="tabular text-muted">{props.count.toLocaleString("en")}</span>}
        <span className="ml-auto flex items-center gap-2">{props.more}</span>
      </header>
      {props.children}
    </section>
  );
}

/** One calm sentence where a panel has nothing to show. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="px-4 py-3 text-muted">{children}</p>;
}
