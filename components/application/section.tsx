import type { ReactNode } from "react";

/** A titled part of a page. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="overflow-hidden rounded-lg border border-line bg-surface">
      <header className="flex min-h-9 items-center justify-between gap-3 border-b border-line px-4">
        <h2 className="font-medium">{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
