"use client";
import type { ReactNode } from "react";
import { useConnection } from "#components/live/connection.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { sessionEnded } from "#components/live/session-end.ts";
import { Button } from "#components/ui/button.tsx";
import { Glyph } from "#components/ui/glyph.tsx";

/** Across every page while a cluster, or Driftglass itself, does not answer: what is on the page stays, and is old. */
export function DisconnectedStrip() {
  const told = useConnection();
  const { stream, session } = useLive();
  if (told?.connection.state !== "disconnected") return null;
  const { connection, clusters } = told;
  if (stream.state !== "open")
    return <Strip what="Driftglass does not answer.">What you see may be old; it is tried again by itself.</Strip>;
  if (!clusters)
    return (
      <Strip what="The cluster does not answer." cause={connection.message}>
        What you see may be old; it is tried again by itself.
      </Strip>
    );
  // The others go on: each that does not is told by its name.
  return clusters
    .filter((each) => each.connection.state === "disconnected")
    .map(({ cluster, connection: { message } }) =>
      session.lost.some(({ name }) => name === cluster) ? (
        <Strip
          key={cluster}
          what={`You are logged out of ${cluster}.`}
          cause={message}
          action={<Button onClick={() => sessionEnded(message, cluster)}>Log in again</Button>}
        >
          Its applications are not listed; the other clusters go on.
        </Strip>
      ) : (
        <Strip key={cluster} what={`${cluster} does not answer.`} cause={message}>
          What you see of it may be old; it is tried again by itself. The other clusters go on.
        </Strip>
      ),
    );
}

function Strip(props: { what: string; cause?: string | undefined; action?: ReactNode; children: ReactNode }) {
  return (
    <div
      role="alert"
      className="flex shrink-0 items-start gap-2 border-b border-line bg-bad-tint px-3 py-2 text-ink sm:px-5"
    >
      <Glyph name="Degraded" className="mt-[3px] text-bad" />
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <span className="font-medium">{props.what}</span> {props.children}
        {props.cause !== undefined && <span className="block text-muted">{props.cause}</span>}
      </p>
      {props.action}
    </div>
  );
}
