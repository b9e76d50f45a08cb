"use client";

/** Something said at the corner of the window. */
export type ToastText = {
  title: string;
  description?: string;
  bad?: boolean;
  /** Where the cause is, or what it was about. */
  link?: { label: string; href: string };
  /** Takes it back, where that is possible. */
  undo?: { label: string; run: () => void };
};

const waiting: ToastText[] = [];
let show: ((toast: ToastText) => void) | undefined;

/** Says something at the corner of the window, and to screen readers. What is said before the corner is there waits for it. */
export function say(toast: ToastText): void {
  if (show) show(toast);
  else waiting.push(toast);
}

/** Takes over what is said; called by the layer that draws it. Returns what gives it up. */
export function drawToasts(draw: (toast: ToastText) => void): () => void {
  show = draw;
  for (const toast of waiting.splice(0)) draw(toast);
  return () => {
    if (show === draw) show = undefined;
  };
}
