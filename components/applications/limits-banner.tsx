"use client";
import { useState } from "react";
import type { Limit } from "#lib/api/connection-contract.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Banner } from "#components/ui/notice.tsx";

/** Says what this person can't see, so that a short list is not taken for a whole one. */
export function LimitsBanner({ limits }: { limits: Limit[] }) {
  const [open, setOpen] = useState(false);
  const first = limits[0];
  if (first === undefined) return null;
  return (
    <div className="shrink-0 border-b border-line bg-surface px-3 py-2 sm:px-5">
      <Banner
        tone="idle"
        glyph="Unknown"
        action={
          <Button look="ghost" onClick={() => setOpen(true)}>
            Details
          </Button>
        }
      >
        {limits.length === 1 ? first.message : limitWords(limits)}
      </Banner>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="What you can't see"
        description="Your own permissions in the cluster decide. Whoever runs it can grant more."
      >
        <LimitList limits={limits} />
      </Dialog>
    </div>
  );
}

/** Each limit in its own words, with the namespaces that are read instead. */
export function LimitList({ limits }: { limits: Limit[] }) {
  return (
    <ul className="divide-y divide-line text-left">
      {limits.map((limit) => (
        <li key={`${limit.group}/${limit.kind}`} className="px-4 py-2.5">
          <span className="font-medium">{limit.kind}</span>{" "}
          {limit.group !== "" && <span className="mono text-muted">{limit.group}</span>}
          <p className="text-muted [overflow-wrap:anywhere]">{limit.message}</p>
          {limit.namespaces !== undefined && (
            <p className="text-muted">Read in: {[...new Set(limit.namespaces)].join(", ") || "no namespace"}</p>
          )}
        </li>
      ))}
    </ul>
  );
}

/** All limits in one sentence; where they are the same few namespaces, by those. */
function limitWords(limits: Limit[]): string {
  const sets = limits.flatMap((limit) =>
    limit.namespaces === undefined ? [] : [[...new Set(limit.namespaces)].toSorted()],
  );
  const namespaces = sets[0] ?? [];
  const same = namespaces.length > 0 && namespaces.length <= 6 && sets.every((set) => set.join() === namespaces.join());
  if (same) return `You see only what is in ${namespaces.join(", ")}: your permissions do not reach further.`;
  return `You can't see everything: ${kinds(limits)} can be read only in part, or not at all.`;
}

function kinds(limits: Limit[]): string {
  const names = [...new Set(limits.map((limit) => limit.kind))];
  return names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more kinds` : names.join(", ");
}
