"use client";
import { lazy, Suspense, useState, type ReactNode, type RefObject } from "react";
import { useFetchedAhead } from "./idle.ts";

/** What a dialog is made of. */
export type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons at the foot; the last one is the main one. */
  footer?: ReactNode;
  /** What gets the focus first. Never a destructive button. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** `drawer` stands at the right edge and leaves the page behind it readable. */
  as?: "dialog" | "drawer" | "wide" | "small";
  children: ReactNode;
};

const fetchFrame = () => import("./dialog-frame.tsx");
const Frame = lazy(fetchFrame);

/**
 * A modal surface. Focus goes in, stays in, and returns to where it came from; Escape closes. Its machinery is fetched when the page
 * stands still, for no dialog is open at first.
 */
export function Dialog(props: DialogProps) {
  const [used, setUsed] = useState(props.open);
  if (props.open && !used) setUsed(true);
  useFetchedAhead(fetchFrame);
  if (!used) return null;
  return (
    <Suspense>
      <Frame {...props} />
    </Suspense>
  );
}
