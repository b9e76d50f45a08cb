"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { shortRevision } from "#lib/model/revision-format.ts";
import { IconButton } from "./button.tsx";
import { cx } from "./cx.ts";

function useCopy(text: string | (() => string)): [copied: boolean, copy: () => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    // The Clipboard API exists on HTTPS and loopback only; elsewhere nothing is claimed.
    void navigator.clipboard?.writeText(typeof text === "string" ? text : text()).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return [copied, copy];
}

/** A revision in its short form; a click copies the whole one. */
export function RevisionText({
  revision,
  className,
  prefix,
}: {
  revision: string;
  className?: string;
  prefix?: ReactNode;
}) {
  const [copied, copy] = useCopy(revision);
  return (
    <button
      type="button"
      title={`${revision}\nClick to copy`}
      aria-label={copied ? "Copied" : `Copy revision ${shortRevision(revision)}`}
      onClick={(event) => {
        event.preventDefault();
        event.stopPropagation();
        copy();
      }}
      className={cx(
        "mono inline-flex max-w-full min-w-0 items-center gap-1 rounded-sm text-left underline-offset-2 hover:text-ink hover:underline",
        className,
      )}
    >
      {prefix}
      <span className={cx("truncate", copied && "text-ok")}>{copied ? "copied" : shortRevision(revision)}</span>
    </button>
  );
}

/** A button that copies a text, which may be made only when it is asked for. */
export function CopyButton({ text, label }: { text: string | (() => string); label: string }) {
  const [copied, copy] = useCopy(text);
  return (
    <IconButton label={copied ? "Copied" : label} onClick={copy}>
      {copied ? <Check aria-hidden className="size-4 text-ok" /> : <Copy aria-hidden className="size-4" />}
    </IconButton>
  );
}
