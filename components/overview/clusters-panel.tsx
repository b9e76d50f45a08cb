"use client";
import Link from "next/link";
import type { ApplicationList } from "#lib/api/application-contract.ts";
import type { Application } from "#lib/model/application.ts";
import { within } from "#components/live/paths.ts";
import { countWords } from "#components/ui/count-words.ts";
import { MiddleName } from "#components/ui/middle-name.tsx";
import { attention } from "./attention.ts";
import { Line, Panel } from "./panel.tsx";

type Props = { clusters: NonNullable<ApplicationList["clusters"]>; applications: readonly Application[] };

const words = { live: undefined, "catching-up": "Catching up", disconnected: "Disconnected" } as const;

/** Each cluster that is shown: whether it answers, how much it has and how much of that needs a person. Its name leads to its own overview. */
export function ClustersPanel({ clusters, applications }: Props) {
  return (
    <Panel title="Clusters" count={clusters.length}>
      <ul>
        {clusters.map(({ cluster, connection }) => {
          const own = applications.filter((application) => application.cluster === cluster);
          const urgent = attention(own).length;
          const word = words[connection.state];
          return (
            <Line key={cluster}>
              <Link
                href={within(cluster, "/overview")}
                prefetch={false}
                className="flex min-w-0 flex-1 font-medium hover:underline"
              >
                <MiddleName name={cluster} />
              </Link>
              {word !== undefined && (
                <span
                  className={connection.state === "disconnected" ? "font-medium text-bad" : "text-busy"}
                  title={connection.message}
                >
                  {word}
                </span>
              )}
              {urgent > 0 && <span className="tabular text-warn">{urgent} need attention</span>}
              <span className="tabular text-muted">
                {own.length === 1 ? "1 application" : `${countWords(own.length)} applications`}
              </span>
            </Line>
          );
        })}
      </ul>
    </Panel>
  );
}
