"use client";
import { say, type ToastText } from "./toast-store.ts";

/** Says something at the corner of the window, and to screen readers. */
export function useToast(): (toast: ToastText) => void {
  return say;
}
