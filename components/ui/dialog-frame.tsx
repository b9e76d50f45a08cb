"use client";
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef } from "react";
import { cx } from "./cx.ts";
import type { DialogProps } from "./dialog.tsx";

const frames = {
  small: "sm:w-md",
  dialog: "sm:w-xl",
  wide: "sm:w-[min(64rem,calc(100vw-4rem))]",
  drawer: "",
} as const;

/** What {@link Dialog} shows, with all that a modal surface needs. Focus goes in, stays in, and returns to where it came from; Escape closes. */
export default function DialogFrame({
  open,
  onClose,
  title,
  description,
  footer,
  initialFocus,
  as = "dialog",
  children,
}: DialogProps) {
  const drawer = as === "drawer";
  const popup = useRef<HTMLDivElement>(null);
  // A drawer is read before anything in it is pressed: nothing in it has the focus at first.
  const first = initialFocus ?? (drawer ? popup : undefined);
  return (
    <Base.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-backdrop transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          ref={popup}
          {...(first && { initialFocus: first })}
          className={cx(
            "fixed z-40 flex flex-col border-line-strong bg-surface text-ink shadow-lift outline-none transition-[opacity,transform] data-ending-style:opacity-0 data-starting-style:opacity-0",
            drawer
              ? "inset-y-0 right-0 w-full border-l data-starting-style:translate-x-3 sm:w-[min(52rem,calc(100vw-4rem))]"
              : cx(
                  "inset-x-0 bottom-0 max-h-[92dvh] rounded-t-lg border sm:inset-auto sm:top-[8dvh] sm:left-1/2 sm:max-h-[84dvh] sm:-translate-x-1/2 sm:rounded-lg",
                  frames[as],
                ),
          )}
        >
          <header className="flex items-start gap-3 border-b border-line py-3 pr-3 pl-4">
            <div className="min-w-0 flex-1">
              <Base.Title className="truncate text-base font-semibold">{title}</Base.Title>
              {description !== undefined && (
                <Base.Description render={<div />} className="mt-0.5 text-sm text-muted">
                  {description}
                </Base.Description>
              )}
            </div>
            <Base.Close
              aria-label="Close"
              className="grid size-7 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink"
            >
              <X aria-hidden className="size-4" />
            </Base.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
          {footer !== undefined && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">
              {footer}
            </footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
