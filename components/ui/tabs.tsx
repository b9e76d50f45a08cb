"use client";
import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";

/** One tab of a strip. */
export type TabItem = { value: string; label: ReactNode; count?: number | undefined };

/** A strip of tabs and the panel of the chosen one. */
export function Tabs(props: {
  value: string;
  onChange: (value: string) => void;
  items: TabItem[];
  label: string;
  inset?: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <Base.Root value={props.value} onValueChange={(value) => props.onChange(String(value))} className={props.className}>
      <Base.List
        aria-label={props.label}
        className={cx(
          "flex gap-1 overflow-x-auto max-sm:gap-0 border-b border-line [scrollbar-width:none]",
          props.inset ?? "px-3 sm:px-5",
        )}
      >
        {props.items.map((item) => (
          <Base.Tab
            key={item.value}
            value={item.value}
            className="-mb-px flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-2 text-sm text-muted -outline-offset-2 hover:text-ink data-active:border-accent data-active:font-medium data-active:text-ink"
          >
            {item.label}
            {item.count !== undefined && (
              <span className="tabular rounded-sm bg-idle-tint px-1 text-xs text-muted">{item.count}</span>
            )}
          </Base.Tab>
        ))}
      </Base.List>
      <Base.Panel value={props.value} className="outline-offset-[-2px]">
        {props.children}
      </Base.Panel>
    </Base.Root>
  );
}
