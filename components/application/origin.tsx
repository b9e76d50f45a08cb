"use client";
import { GitBranch } from "lucide-react";
import type { Application } from "#lib/model/application.ts";
import { useHistory } from "#components/live/queries.ts";
import { SafeLink } from "#components/ui/safe-link.tsx";

/** Where what is deployed comes from: its commit's message and author where they are known, and its sources. */
export function Origin({ application }: { application: Application }) {
  const { data } = useHistory(application);
  const current = data?.items.find((revision) => revision.current);
  const sources = application.sources.flatMap(({ url, path, chart }) =>
    url === undefined ? [] : [{ url, within: chart ?? path?.replace(/^\.\//, "") }],
  );
  // A Helm release's own message ("Upgrade complete") tells nothing of what was deployed.
  const written = application.engine === "helm" || application.engine === "kubectl" ? undefined : current;
  if (sources.length === 0 && written?.message === undefined && written?.author === undefined) return null;
  return (
    <p className="-mt-1 flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-muted">
      {(written?.message !== undefined || written?.author !== undefined) && (
        <span className="min-w-0 truncate" title={written.message}>
          {written.message !== undefined && <span className="text-ink">{written.message.split("\n")[0]}</span>}
          {written.author !== undefined && ` by ${written.author}`}
        </span>
      )}
      {sources.slice(0, 3).map(({ url, within }) => (
        <span key={`${url} ${within ?? ""}`} className="inline-flex min-w-0 items-center gap-1.5">
          <GitBranch aria-hidden className="size-3.5 shrink-0" />
          <SafeLink href={url}>{url.replace(/^\w+:\/\/(?:[^@/]*@)?/, "")}</SafeLink>
          {within !== undefined && within !== "" && <span className="truncate">{within}</span>}
        </span>
      ))}
      {sources.length > 3 && <span>and {sources.length - 3} more sources</span>}
    </p>
  );
}
