"use client";
import { useState } from "react";
import type { ApplicationList } from "#lib/api/application-contract.ts";
import type { Limit } from "#lib/api/connection-contract.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Banner } from "#components/ui/notice.tsx";

/** Something that this person can't see, of one cluster among several where that is named. */
export type PlacedLimit = Limit & { cluster?: string };

/** What this person can't see of a list. While a cluster does not answer, nothing of it can be read: with `answering`, that is left out. */
export function limitsOf({ connection, limits, clusters }: ApplicationList, answering = false): PlacedLimit[] {
  const told = (state: string): boolean => !answering || state !== "disconnected";
  if (!clusters) return told(connection.state) ? limits : [];
  return clusters.flatMap((each) =>
    told(each.connection.state) ? each.limits.map((limit) => ({ ...limit, cluster: each.cluster })) : [],
  );
}

/** Says what this person can't see, so that a short list is not taken for a whole one. */
export function LimitsBanner({ limits }: { limits: PlacedLimit[] }) {
  const [open, setOpen] = useState(false);
  if (limits.length === 0) return null;
  const clusters = new Map<string | undefined, PlacedLimit[]>();
  for (const limit of limits) clusters.set(limit.cluster, [...(clusters.get(limit.cluster) ?? []), limit]);
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
        {[...clusters].map(([cluster, own]) => (
          <span key={cluster ?? ""} className="block">
            {cluster !== undefined && <span className="font-medium">{cluster}: </span>}
            {own.length === 1 ? own[0]?.message : limitWords(own)}
          </span>
        ))}
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
export function LimitList({ limits }: { limits: PlacedLimit[] }) {
  return (
    <ul className="divide-y divide-line text-left">
      {limits.map((limit) => (
        <li key={`${limit.cluster ?? ""} ${limit.group}/${limit.kind}`} className="px-4 py-2.5">
          <span className="font-medium">{limit.kind}</span>{" "}
          {limit.group !== "" && <span className="mono text-muted">{limit.group}</span>}
          {limit.cluster !== undefined && <span className="text-muted"> in {limit.cluster}</span>}
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
