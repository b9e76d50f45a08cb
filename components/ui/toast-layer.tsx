"use client";
import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import Link from "next/link";
import { useEffect } from "react";
import { cx } from "./cx.ts";
import { Glyph } from "./glyph.tsx";
import { drawToasts, type ToastText } from "./toast-store.ts";
import { toneText } from "./tone.ts";

/** Draws what is said at the corner of the window. */
export default function ToastLayer() {
  return (
    <Base.Provider timeout={7000} limit={3}>
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 z-50 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 max-md:bottom-16">
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

const linkClass = "rounded-sm font-medium text-accent underline-offset-2 hover:underline";

function ToastList() {
  const { toasts, add, close } = Base.useToastManager<ToastText>();
  useEffect(
    () =>
      drawToasts((toast) => {
        add({
          title: toast.title,
          ...(toast.description !== undefined && { description: toast.description }),
          type: toast.bad ? "bad" : "ok",
          data: toast,
          ...(toast.bad && { priority: "high" as const, timeout: 0 }),
          ...(toast.undo && { timeout: 12_000 }),
        });
      }),
    [add],
  );
  return toasts.map((toast) => {
    const bad = toast.type === "bad";
    const { link, undo } = toast.data ?? {};
    return (
      <Base.Root
        key={toast.id}
        toast={toast}
        className="flex items-start gap-2 rounded-md border border-line-strong bg-raised p-3 shadow-lift transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
      >
        <Glyph name={bad ? "Degraded" : "Healthy"} className={cx("mt-[3px]", toneText[bad ? "bad" : "ok"])} />
        <Base.Content className="min-w-0 flex-1">
          <Base.Title className="font-medium" />
          <Base.Description className="text-muted [overflow-wrap:anywhere]" />
          {(link ?? undo) !== undefined && (
            <div className="mt-1 flex gap-4">
              {link && (
                <Link href={link.href} prefetch={false} onClick={() => close(toast.id)} className={linkClass}>
                  {link.label}
                </Link>
              )}
              {undo && (
                <button
                  type="button"
                  onClick={() => {
                    close(toast.id);
                    undo.run();
                  }}
                  className={linkClass}
                >
                  {undo.label}
                </button>
              )}
            </div>
          )}
        </Base.Content>
        <Base.Close
          aria-label="Dismiss"
          className="-m-1 grid size-6 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-3.5" />
        </Base.Close>
      </Base.Root>
    );
  });
}
