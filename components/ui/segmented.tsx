"use client";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";

/** One choice among a few that exclude each other, as buttons side by side. */
export function Segmented<Value extends string>(props: {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  items: readonly { readonly value: Value; readonly label: string; readonly icon: ReactNode }[];
  className?: string;
}) {
  return (
    <div
      role="group"
      aria-label={props.label}
      className={cx("flex rounded-md border border-line-strong p-px", props.className)}
    >
      {props.items.map((item) => (
        <button
          key={item.value}
          type="button"
          aria-pressed={props.value === item.value}
          onClick={() => props.onChange(item.value)}
          className={cx(
            "flex h-6 items-center gap-1.5 rounded-sm px-2 text-xs [&>svg]:size-3.5",
            props.value === item.value ? "bg-selected font-medium text-ink" : "text-muted hover:text-ink",
          )}
        >
          {item.icon}
          {item.label}
        </button>
      ))}
    </div>
  );
}
