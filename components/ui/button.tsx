"use client";
import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import { cx } from "./cx.ts";
import { Glyph } from "./glyph.tsx";
import { Tooltip } from "./tooltip.tsx";

type Look = "primary" | "danger" | "plain" | "ghost";

const looks: Record<Look, string> = {
  primary: "border-transparent bg-accent-fill text-on-accent not-aria-disabled:hover:bg-accent-fill-hover",
  danger: "border-transparent bg-danger-fill text-on-danger not-aria-disabled:hover:bg-danger-fill-hover",
  plain: "border-line-strong bg-raised text-ink not-aria-disabled:hover:bg-hover",
  ghost: "border-transparent text-muted not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-ink",
};

const sizes = { normal: "h-7 px-2.5", large: "h-8 px-3", square: "size-7", tiny: "size-5" } as const;

/** Class names of a button, for links that look like one. */
export function buttonClass(look: Look = "plain", className?: string, size: keyof typeof sizes = "normal"): string {
  return cx(
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border text-sm font-medium whitespace-nowrap transition-colors select-none",
    "aria-disabled:cursor-not-allowed aria-disabled:opacity-55",
    sizes[size],
    looks[look],
    className,
  );
}

type Props = Omit<ComponentProps<"button">, "disabled"> & {
  look?: Look;
  /** Why it can't be used, in words. The button stays focusable, so that the reason can be reached. */
  unavailable?: string | undefined;
  busy?: boolean | undefined;
  icon?: ReactNode;
  size?: keyof typeof sizes;
};

/** A button. With `unavailable` it does nothing, and says why as a tooltip and to assistive technology. */
export function Button({
  look = "plain",
  unavailable,
  busy,
  icon,
  size,
  className,
  children,
  onClick,
  ...rest
}: Props) {
  const reasonId = useId();
  const off = unavailable !== undefined || busy === true;
  const button = (
    <button
      type="button"
      {...rest}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      aria-describedby={unavailable === undefined ? rest["aria-describedby"] : reasonId}
      onClick={off ? (event) => event.preventDefault() : onClick}
      className={buttonClass(look, className, size)}
    >
      {busy ? <Glyph name="Running" /> : icon}
      {children}
      {unavailable !== undefined && (
        <span id={reasonId} hidden>
          {unavailable}
        </span>
      )}
    </button>
  );
  return unavailable === undefined ? button : <Tooltip text={unavailable}>{button}</Tooltip>;
}

/** A square button with only an icon; `label` is its name and tooltip. */
export function IconButton({ label, className, size = "square", children, ...rest }: Props & { label: string }) {
  return (
    <Tooltip text={label}>
      <button type="button" {...omitOwn(rest)} aria-label={label} className={buttonClass("ghost", className, size)}>
        {children}
      </button>
    </Tooltip>
  );
}

function omitOwn({ look: _look, unavailable: _unavailable, busy: _busy, icon: _icon, size: _size, ...rest }: Props) {
  return rest;
}
