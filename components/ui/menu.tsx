"use client";
import { Menu as Base } from "@base-ui/react/menu";
import { useId, type ReactElement, type ReactNode } from "react";

/** A menu under its trigger. */
export function Menu({
  trigger,
  children,
  align = "end",
}: {
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "end";
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-50">
          <Base.Popup className="max-h-(--available-height) min-w-48 overflow-y-auto rounded-md border border-line-strong bg-raised p-1 shadow-lift outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** One entry. With `unavailable` it can be reached but not chosen, and the reason stands under its name. */
export function MenuItem(props: {
  icon?: ReactNode;
  onSelect: () => void;
  unavailable?: string | undefined;
  children: ReactNode;
  danger?: boolean;
}) {
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

/** A heading inside a menu that is not an entry. */
export function MenuNote({ children }: { children: ReactNode }) {
  return <div className="max-w-72 px-2 py-1.5 text-xs text-muted">{children}</div>;
}

/** A line between groups. */
export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-line" />;
}
