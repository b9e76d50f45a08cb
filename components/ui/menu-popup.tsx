"use client";
import { Menu as Base } from "@base-ui/react/menu";
import { useId } from "react";
import type { MenuItemProps, MenuPopupProps } from "./menu.tsx";

/** What {@link Menu} opens. */
export default function MenuPopup({ anchor, open, onClose, align, children }: MenuPopupProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} sideOffset={4} align={align} className="z-50">
          <Base.Popup
            finalFocus={() => (anchor instanceof HTMLElement ? anchor : true)}
            className="max-h-(--available-height) min-w-48 overflow-y-auto rounded-md border border-line-strong bg-raised p-1 shadow-lift outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** What {@link MenuItem} is. */
export function Item(props: MenuItemProps) {
  const reasonId = useId();
  const off = props.unavailable !== undefined;
  return (
    <Base.Item
      closeOnClick={!off}
      aria-disabled={off || undefined}
      aria-describedby={off ? reasonId : undefined}
      onClick={() => off || props.onSelect()}
      className="flex max-w-72 items-start gap-2 rounded-sm px-2 py-1.5 outline-none select-none data-highlighted:bg-hover [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted"
    >
      {props.icon}
      <span className="min-w-0">
        <span className={off ? "text-subtle" : props.danger ? "text-bad" : ""}>{props.children}</span>
        {off && (
          <span id={reasonId} className="block text-xs text-muted">
            {props.unavailable}
          </span>
        )}
      </span>
    </Base.Item>
  );
}
