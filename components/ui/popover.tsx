"use client";
import { cloneElement, lazy, Suspense, useState, type ComponentProps, type ReactElement, type ReactNode } from "react";
import { useFetchedAhead } from "./idle.ts";

/** What a popover's popup gets from its trigger. */
export type PopoverPopupProps = {
  anchor: Element;
  open: boolean;
  onClose: () => void;
  /** Its name for those who do not see it. */
  title: string;
  className?: string | undefined;
  children: ReactNode;
};

const fetchPopup = () => import("./popover-popup.tsx");
const Popup = lazy(fetchPopup);

/** A small surface under its trigger, a button, with something to choose in it. */
export function Popover({
  trigger,
  title,
  className,
  children,
}: {
  trigger: ReactElement<ComponentProps<"button">>;
  title: string;
  className?: string;
  children: ReactNode | ((close: () => void) => ReactNode);
}) {
  const [anchor, setAnchor] = useState<Element>();
  const [open, setOpen] = useState(false);
  useFetchedAhead(fetchPopup);
  const close = () => setOpen(false);
  return (
    <>
      {cloneElement(trigger, {
        "aria-haspopup": "dialog",
        "aria-expanded": open,
        onClick: (event) => {
          setAnchor(event.currentTarget);
          setOpen(!open);
        },
      })}
      {anchor !== undefined && (
        <Suspense>
          <Popup anchor={anchor} open={open} onClose={close} title={title} className={className}>
            {typeof children === "function" ? children(close) : children}
          </Popup>
        </Suspense>
      )}
    </>
  );
}
