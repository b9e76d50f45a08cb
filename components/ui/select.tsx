import type { ComponentProps } from "react";
import { cx } from "./cx.ts";

/** One of several, chosen from the platform's own list. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return (
    <select
      {...rest}
      className={cx(
        "h-7 max-w-full min-w-0 rounded-md border border-field-line bg-surface px-2 text-sm text-ink focus:border-accent focus:outline-1 focus:outline-offset-0 focus:outline-accent",
        className,
      )}
    />
  );
}
