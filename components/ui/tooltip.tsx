"use client";
import {
  cloneElement,
  useEffect,
  useState,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
} from "react";
import { askTip, dropTip, dropTipOf, updateTip, type Tip } from "./tooltip-store.ts";

/** The handlers of the child that a tooltip listens beside. */
type Listened = {
  onPointerEnter?: (event: PointerEvent) => void;
  onPointerLeave?: (event: PointerEvent) => void;
  onPointerDown?: (event: PointerEvent) => void;
  onFocus?: (event: FocusEvent) => void;
  onBlur?: (event: FocusEvent) => void;
};

/**
 * Shows `text` beside its one child on hover and focus. It adds to a name, it never is the only one. A row of a list has several of these,
 * so it is only a few handlers: one layer for the whole page draws the tooltip that is open.
 */
export function Tooltip({
  text,
  children,
  side = "top",
}: {
  text: ReactNode;
  children: ReactElement<Listened>;
  side?: Tip["side"];
}) {
  const [owner] = useState(() => ({}));
  useEffect(() => updateTip(owner, text));
  useEffect(() => () => dropTipOf(owner), [owner]);
  const own = children.props;
  return cloneElement(children, {
    onPointerEnter: (event: PointerEvent) => {
      own.onPointerEnter?.(event);
      if (event.pointerType !== "touch") askTip({ owner, anchor: event.currentTarget, text, side }, { wait: true });
    },
    onPointerLeave: (event: PointerEvent) => {
      own.onPointerLeave?.(event);
      dropTip({ soon: true });
    },
    onPointerDown: (event: PointerEvent) => {
      own.onPointerDown?.(event);
      dropTip();
    },
    onFocus: (event: FocusEvent) => {
      own.onFocus?.(event);
      if (event.currentTarget.matches(":focus-visible"))
        askTip({ owner, anchor: event.currentTarget, text, side }, { wait: false });
    },
    onBlur: (event: FocusEvent) => {
      own.onBlur?.(event);
      dropTip();
    },
  });
}
