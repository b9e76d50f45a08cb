"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { yamlParts, type YamlPart } from "./yaml-parts.ts";

const looks: Record<YamlPart["kind"], string> = {
  key: "text-accent",
  mark: "text-subtle",
  text: "text-ink",
  masked: "rounded-sm bg-idle-tint px-1 text-idle",
  comment: "text-subtle italic",
};

/** A manifest with its keys set apart. Only the lines in sight are drawn. */
export function YamlView({ text, label }: { text: string; label: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => text.replace(/\n$/, "").split("\n"), [text]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 40,
  });
  return (
    <div
      ref={scroller}
      role="region"
      aria-label={label}
      tabIndex={0}
      className="mono max-h-[calc(100dvh-11rem)] overflow-auto py-2 leading-5! -outline-offset-2"
    >
      <div className="relative w-max min-w-full" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => (
          <div
            key={item.key}
            className="absolute inset-x-0 top-0 flex h-5 whitespace-pre"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <span aria-hidden="true" className="tabular w-12 shrink-0 pr-3 text-right text-subtle select-none">
              {item.index + 1}
            </span>
            <span>
              {yamlParts(lines[item.index] ?? "").map((part, index) => (
                <span key={index} className={looks[part.kind]}>
                  {part.text}
                </span>
              ))}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
