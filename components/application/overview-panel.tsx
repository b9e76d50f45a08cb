"use client";
import type { ApplicationDetail, Fact } from "#lib/api/application-contract.ts";
import type { Source } from "#lib/model/application.ts";
import { healthStatuses } from "#lib/model/health-status.ts";
import { HealthBar } from "#components/applications/health-bar.tsx";
import { RevisionText } from "#components/ui/copy.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SafeLink } from "#components/ui/safe-link.tsx";
import { Health } from "#components/ui/status.tsx";
import { UndoerList } from "#components/undoers/undoer-list.tsx";
import { CauseEvidence } from "./cause-evidence.tsx";
import { Conditions } from "./conditions.tsx";
import { Reasons } from "./reasons.tsx";
import { Section } from "./section.tsx";

/** Why an application is in its state, and the facts around it. */
export function OverviewPanel({ detail }: { detail: ApplicationDetail }) {
  const { application, conditions, notes, undoers = [] } = detail;
  const sources = application.sources.map(sourceFacts).filter((source) => source.length > 0);
  // What a source says stands under it, and need not be said again.
  const told = new Set(sources.flat().flatMap(({ label, value }) => [`${label} ${value}`, `Source ${label} ${value}`]));
  const facts = detail.facts.filter(({ label, value }) => !told.has(`${label} ${value}`));
  return (
    <div className="grid items-start gap-4 p-3 sm:p-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <Section title="Why">
          <Reasons application={application} />
        </Section>
        <CauseEvidence application={application} />
        {conditions.length > 0 && (
          <Section title="Conditions">
            <Conditions conditions={conditions} />
          </Section>
        )}
        {undoers.length > 0 && (
          <Section title="Who undoes what">
            <UndoerList undoers={undoers} />
          </Section>
        )}
        {notes !== undefined && (
          <Section title="Notes">
            <pre className="mono max-h-96 overflow-auto px-4 py-3 leading-5! whitespace-pre-wrap">{notes}</pre>
          </Section>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <Section title="Resources">
          <div className="flex flex-col gap-3 px-4 py-3">
            <HealthBar resources={application.resources} />
            <ul className="flex flex-col gap-1">
              {healthStatuses.toReversed().map((status) => {
                const count = application.resources[status] ?? 0;
                return count === 0 ? null : (
                  <li key={status} className="flex justify-between">
                    <Health status={status} />
                    <span className="tabular">{count}</span>
                  </li>
                );
              })}
            </ul>
          </div>
        </Section>
        {sources.length > 0 && (
          <Section title={sources.length === 1 ? "Source" : "Sources"}>
            {sources.map((source, index) => (
              <div key={index} className="border-b border-line last:border-b-0">
                <FactList facts={source} />
              </div>
            ))}
          </Section>
        )}
        {facts.length > 0 && (
          <Section title="Facts">
            <FactList facts={facts} />
          </Section>
        )}
      </div>
    </div>
  );
}

/** What is known of a source; nothing of one that only has a kind, as what kubectl applied. */
function sourceFacts(source: Source): Fact[] {
  const facts: Fact[] = [
    { label: source.kind, value: [source.namespace, source.name].filter(Boolean).join("/") },
    { label: "Address", value: source.url ?? "", kind: "url" },
    { label: "Ref", value: source.ref ?? "", kind: "revision" },
    { label: "Path", value: source.path ?? "" },
    { label: "Chart", value: source.chart ?? "" },
    { label: "Version", value: source.version ?? "" },
  ];
  return facts.filter((fact) => fact.value !== "");
}

/** Labels and values, aligned. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1.5 px-4 py-3">
      {facts.map((fact, index) => (
        <div key={index} className="contents">
          <dt className="max-w-36 text-muted [overflow-wrap:anywhere]">{fact.label}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">
            <FactValue fact={fact} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FactValue({ fact: { value, kind } }: { fact: Fact }) {
  if (kind === "revision") return <RevisionText revision={value} />;
  if (kind === "time") return <RelativeTime time={value} suffix=" ago" />;
  if (kind === "url") return <SafeLink href={value}>{value.replace(/^https?:\/\//, "")}</SafeLink>;
  return value;
}
