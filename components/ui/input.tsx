import type { ComponentProps } from "react";
import { cx } from "./cx.ts";

const field =
  "w-full rounded-md border border-field-line bg-surface px-2.5 text-sm text-ink focus:border-accent focus:outline-1 focus:outline-offset-0 focus:outline-accent aria-invalid:border-bad";

/** A line of text. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={cx(field, "h-8", className)} />;
}

/** A line of text that narrows what stands below it, as it is typed. */
export function SearchInput(
  props: Omit<ComponentProps<"input">, "type" | "onChange"> & { value: string; onChange: (value: string) => void },
) {
  const { onChange, className, ...rest } = props;
  return (
    <Input
      type="search"
      {...rest}
      onChange={(event) => onChange(event.target.value)}
      className={cx("h-7", className)}
    />
  );
}

/** Several lines of text. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...rest} className={cx(field, "py-2", className)} />;
}
