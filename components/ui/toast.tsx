"use client";
import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { Glyph } from "./glyph.tsx";
import { toneText } from "./tone.ts";

/** Lets everything inside say things at the corner of the window with {@link useToast}. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider timeout={7000} limit={3}>
      {children}
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 z-50 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 max-md:bottom-16">
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function ToastList() {
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => {
    const bad = toast.type === "bad";
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

/** Says something at the corner of the window, and to screen readers. */
export function useToast(): (toast: { title: string; description?: string; bad?: boolean }) => void {
  const manager = Base.useToastManager();
  return ({ title, description, bad }) => {
    manager.add({
      title,
      ...(description !== undefined && { description }),
      type: bad ? "bad" : "ok",
      ...(bad && { priority: "high" as const, timeout: 0 }),
    });
  };
}
