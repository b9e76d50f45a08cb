"use client";
import { cloneElement, lazy, Suspense, useState, type ComponentProps, type ReactElement, type ReactNode } from "react";
import { useFetchedAhead } from "./idle.ts";

/** What a menu's popup gets from its trigger. */
export type MenuPopupProps = {
  anchor: Element;
  open: boolean;
  onClose: () => void;
  align: "start" | "end";
  children: ReactNode;
};

/** One entry of a menu. */
export type MenuItemProps = {
  icon?: ReactNode;
  onSelect: () => void;
  unavailable?: string | undefined;
  children: ReactNode;
  danger?: boolean;
};

const fetchPopup = () => import("./menu-popup.tsx");
const Popup = lazy(fetchPopup);
const LazyItem = lazy(() => fetchPopup().then(({ Item }) => ({ default: Item })));

/** A menu under its trigger, a button. What opens is fetched when the page stands still. */
export function Menu({
  trigger,
  children,
  align = "end",
}: {
  trigger: ReactElement<ComponentProps<"button">>;
  children: ReactNode;
  align?: "start" | "end";
}) {
  const [anchor, setAnchor] = useState<Element>();
  const [open, setOpen] = useState(false);
  useFetchedAhead(fetchPopup);
  const show = (element: Element) => {
    setAnchor(element);
    setOpen(true);
  };
  return (
    <>
      {cloneElement(trigger, {
        "aria-haspopup": "menu",
        "aria-expanded": open,
        onClick: (event) => show(event.currentTarget),
        onKeyDown: (event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          event.stopPropagation();
          show(event.currentTarget);
        },
      })}
      {anchor !== undefined && (
        <Suspense>
          <Popup anchor={anchor} open={open} onClose={() => setOpen(false)} align={align}>
            {children}
          </Popup>
        </Suspense>
      )}
    </>
  );
}

/** One entry. With `unavailable` it can be reached but not chosen, and the reason stands under its name. */
export function MenuItem(props: MenuItemProps) {
  return <LazyItem {...props} />;
}

/** A heading inside a menu that is not an entry. */
export function MenuNote({ children }: { children: ReactNode }) {
  return <div className="max-w-72 px-2 py-1.5 text-xs text-muted">{children}</div>;
}

/** A line between groups. */
export function MenuSeparator() {
  return <hr className="my-1 h-px border-0 bg-line" />;
}
