"use client";
import type { ReactNode } from "react";
import { Glyph } from "./glyph.tsx";

/** A box with its label; `hint` says in words what it does. */
export function Checkbox(props: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  hint?: ReactNode;
}) {
  return (
    <label className="flex cursor-pointer items-start gap-2">
      <Box checked={props.checked} onChange={props.onChange} className="mt-0.5" />
      <span className="min-w-0 flex-1">
        {props.children}
        {props.hint !== undefined && <span className="block text-xs text-muted">{props.hint}</span>}
      </span>
    </label>
  );
}

/** The box alone: `label` names it where no text stands beside it. `mixed` is for some of many. */
export function Box(props: {
  checked: boolean | "mixed";
  onChange: (checked: boolean, event: { shift: boolean }) => void;
  label?: string;
  className?: string;
  tabIndex?: number;
}) {
  const on = props.checked !== false;
  return (
    <span className={`relative inline-grid size-4 shrink-0 ${props.className ?? ""}`}>
      <input
        type="checkbox"
        aria-label={props.label}
        tabIndex={props.tabIndex}
        checked={props.checked === true}
        ref={(input) => {
          if (input) input.indeterminate = props.checked === "mixed";
        }}
        onChange={(event) => {
          const { nativeEvent } = event;
          const shift = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
          props.onChange(event.currentTarget.checked, { shift });
        }}
        className="size-4 cursor-pointer appearance-none rounded-sm border border-field-line bg-surface checked:border-transparent checked:bg-accent-fill indeterminate:border-transparent indeterminate:bg-accent-fill"
      />
      {on && (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 grid place-items-center text-on-accent"
        >
          {props.checked === "mixed" ? (
            <span className="h-0.5 w-2 bg-current" />
          ) : (
            <Glyph name="Healthy" className="size-3" />
          )}
        </span>
      )}
    </span>
  );
}
