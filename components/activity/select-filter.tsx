"use client";
import { ChevronDown } from "lucide-react";
import { cx } from "#components/ui/cx.ts";

type Props = {
  /** What is chosen among, in the plural: "Engines". */
  label: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
};

/** One choice out of a list, or all: the device's own menu, which is at home on a phone. */
export function SelectFilter({ label, value, options, onChange }: Props) {
  const known = value === undefined || options.some((option) => option.value === value);
  return (
    <span className="relative inline-flex min-w-0 max-sm:flex-1 max-sm:basis-2/5">
      <select
        aria-label={label}
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value || undefined)}
        className={cx(
          "h-7 min-w-0 max-sm:w-full sm:max-w-44 appearance-none truncate rounded-md border bg-raised pr-7 pl-2.5 text-sm text-ink",
          value === undefined ? "border-line-strong" : "border-accent bg-selected font-medium",
        )}
      >
        <option value="">All {label.toLowerCase()}</option>
        {!known && <option value={value}>{value}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-1.5 right-2 size-3.5 text-muted" />
    </span>
  );
}
