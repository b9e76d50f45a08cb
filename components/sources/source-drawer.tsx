"use client";
import { useState, type ReactNode } from "react";
import { shortInterval, type FluxSource } from "#lib/model/flux-source.ts";
import { useApplications } from "#components/live/use-applications.ts";
import { RevisionText } from "#components/ui/copy.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SafeLink } from "#components/ui/safe-link.tsx";
import { Health, Status } from "#components/ui/status.tsx";
import { healthTone } from "#components/ui/tone.ts";
import { ConsumerName } from "./consumers.tsx";
import { SourceButtons } from "./source-buttons.tsx";
import { Verification } from "./source-status.tsx";
import { lastFetchWords, nextFetchWords, sizeWords } from "./source-words.ts";

/** Everything about one source, beside the list. Undefined closes it. */
export function SourceDrawer({ source, onClose }: { source: FluxSource | undefined; onClose: () => void }) {
  // What was open stays readable while the drawer closes.
  const [last, setLast] = useState(source);
  if (source !== undefined && source !== last) setLast(source);
  const shown = source ?? last;
  return (
    <Dialog
      as="drawer"
      open={source !== undefined}
      onClose={onClose}
      title={shown?.name ?? ""}
      description={shown && `${shown.kind} in ${shown.namespace}`}
    >
      {shown && <Content source={shown} />}
    </Dialog>
  );
}

function Content({ source }: { source: FluxSource }) {
  const { status } = source;
  const bad = status.condition !== undefined && status.condition !== "Ready" ? status.condition : undefined;
  return (
    <div className="flex flex-col gap-5 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <Status glyph={status.status} word={status.status} tone={healthTone[status.status]} pill />
        <span className="ml-auto flex gap-2">
          <SourceButtons source={source} />
        </span>
      </div>
      {status.status !== "Healthy" && status.message !== undefined && (
        <Banner tone={healthTone[status.status]} glyph={status.status}>
          {status.message}
          {status.since !== undefined && (
            <span className="block text-muted">
              {[bad, status.reason].filter(Boolean).join(" · ")} since{" "}
              <RelativeTime time={status.since} suffix=" ago" />
            </span>
          )}
        </Banner>
      )}
      {source.held && (
        <Banner tone="warn" glyph="Hold">
          A rollback keeps this source at an earlier revision, until somebody releases it.
        </Banner>
      )}
      <Facts source={source} />
      <Consumers source={source} />
      <Conditions source={source} />
    </div>
  );
}

function Facts({ source }: { source: FluxSource }) {
  const { artifact, verification, interval, lastFetch, from } = source;
  const [now] = useState(() => Date.now());
  const next = nextFetchWords(source, now);
  return (
    <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[8rem_minmax(0,1fr)]">
      {source.url !== undefined && (
        <Fact label="Address">
          <SafeLink href={source.url} className="mono">
            {source.url}
          </SafeLink>
        </Fact>
      )}
      {source.ref !== undefined && <Fact label="Asks for">{source.ref}</Fact>}
      {from !== undefined && <Fact label="Made from">{`${from.kind} ${from.namespace}/${from.name}`}</Fact>}
      <Fact label="Revision">
        {artifact === undefined ? "no artifact yet" : <RevisionText revision={artifact.revision} />}
      </Fact>
      {artifact?.digest !== undefined && (
        <Fact label="Digest">
          <span className="mono [overflow-wrap:anywhere]">{artifact.digest}</span>
        </Fact>
      )}
      {artifact !== undefined && (
        <Fact label="Artifact">
          {artifact.storedAt !== undefined && <RelativeTime time={artifact.storedAt} suffix=" old" />}
          {artifact.size !== undefined && <span className="text-muted"> · {sizeWords(artifact.size)}</span>}
        </Fact>
      )}
      <Fact label="Verification">
        {verification === undefined ? (
          <span className="text-muted">its spec asks for none</span>
        ) : (
          <>
            <Verification source={source} /> <span className="text-muted">by {verification.by}</span>
            {verification.status !== "Failed" && verification.message !== undefined && (
              <span className="block text-muted">{verification.message}</span>
            )}
          </>
        )}
      </Fact>
      <Fact label="Interval">
        {interval === undefined ? (
          <span className="text-muted">nothing is fetched by the clock</span>
        ) : (
          `every ${shortInterval(interval)}`
        )}
      </Fact>
      {lastFetch !== undefined && (
        <Fact label="Last known fetch">
          <RelativeTime time={lastFetch.at} suffix=" ago" />
          <span className="text-muted">: {lastFetchWords[lastFetch.what]}</span>
        </Fact>
      )}
      {next !== undefined && <Fact label="Next fetch">{next}</Fact>}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere] max-sm:mb-1.5">{children}</dd>
    </>
  );
}

function Consumers({ source }: { source: FluxSource }) {
  const applications = useApplications().data?.items;
  return (
    <section>
      <h3 className="mb-1.5 text-xs font-medium text-muted">
        Consumers <span className="tabular">{source.consumers.length}</span>
      </h3>
      {source.consumers.length === 0 ? (
        <p className="text-muted">Nothing that you can see takes this source.</p>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line">
          {source.consumers.map((consumer) => {
            const { kind, namespace, name, application: unit } = consumer;
            const row =
              unit &&
              applications?.find(
                (each) => each.engine === unit.engine && each.namespace === namespace && each.name === name,
              );
            return (
              <li key={`${kind}/${namespace}/${name}`} className="flex items-center gap-3 px-3 py-1.5">
                <ConsumerName consumer={consumer} />
                <span className="min-w-0 shrink-[99] truncate text-muted">
                  {kind} in {namespace}
                </span>
                {row && <Health status={row.health.status} className="ml-auto shrink-0" />}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function Conditions({ source }: { source: FluxSource }) {
  if (source.conditions.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1.5 text-xs font-medium text-muted">Conditions</h3>
      <ul className="divide-y divide-line rounded-md border border-line">
        {source.conditions.map(({ type, status, reason, message, lastTransitionTime }) => (
          <li key={type} className="px-3 py-1.5">
            <div className="flex items-baseline gap-2">
              <span className="font-medium">{type}</span>
              <span className="text-muted">{[status, reason].filter(Boolean).join(" · ")}</span>
              {lastTransitionTime !== undefined && (
                <RelativeTime time={lastTransitionTime} className="tabular ml-auto text-xs text-muted" />
              )}
            </div>
            {message !== undefined && <p className="mono text-muted [overflow-wrap:anywhere]">{message}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
