"use client";
import { useMemo, type ReactNode } from "react";
import { VirtualLines } from "#components/ui/virtual-lines.tsx";
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
  const lines = useMemo(() => text.replace(/\n$/, "").split("\n"), [text]);
  const draw = (index: number): ReactNode => (
    <div className="flex min-h-5 whitespace-pre">
      <span aria-hidden="true" className="tabular w-12 shrink-0 pr-3 text-right text-subtle select-none">
        {index + 1}
      </span>
      <span className="pr-4">
        {yamlParts(lines[index] ?? "").map((part, at) => (
          <span key={at} className={looks[part.kind]}>
            {part.text}
          </span>
        ))}
      </span>
    </div>
  );
  return <VirtualLines count={lines.length} draw={draw} label={label} className="max-h-[calc(100dvh-11rem)] py-2" />;
}
