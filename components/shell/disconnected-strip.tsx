"use client";
import { useConnection } from "#components/live/connection.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { Glyph } from "#components/ui/glyph.tsx";

/** Across every page while the cluster, or Driftglass itself, does not answer: what is on the page stays, and is old. */
export function DisconnectedStrip() {
  const connection = useConnection();
  const { stream } = useLive();
  if (connection?.state !== "disconnected") return null;
  return (
    <div
      role="alert"
      className="flex shrink-0 items-start gap-2 border-b border-line bg-bad-tint px-3 py-2 text-ink sm:px-5"
    >
      <Glyph name="Degraded" className="mt-[3px] text-bad" />
      <p className="min-w-0 [overflow-wrap:anywhere]">
        <span className="font-medium">
          {stream.state === "open" ? "The cluster does not answer." : "Driftglass does not answer."}
        </span>{" "}
        What you see may be old; it is tried again by itself.
        {stream.state === "open" && connection.message !== undefined && (
          <span className="block text-muted">{connection.message}</span>
        )}
      </p>
    </div>
  );
}
