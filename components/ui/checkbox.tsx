"use client";
import { Checkbox as Base } from "@base-ui/react/checkbox";
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
      <Base.Root
        checked={props.checked}
        onCheckedChange={(checked) => props.onChange(checked)}
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border border-field-line bg-surface text-on-accent data-checked:border-transparent data-checked:bg-accent-fill"
      >
        <Base.Indicator>
          <Glyph name="Healthy" className="size-3" />
        </Base.Indicator>
      </Base.Root>
      <span className="min-w-0 flex-1">
        {props.children}
        {props.hint !== undefined && <span className="block text-xs text-muted">{props.hint}</span>}
      </span>
    </label>
  );
}
