import Link from "next/link";
import type { FluxSource } from "#lib/model/flux-source.ts";
import { applicationHref } from "#components/live/paths.ts";
import { MiddleName } from "#components/ui/middle-name.tsx";

type Consumer = FluxSource["consumers"][number];

/** One thing that takes a source; a link where it is an application. */
export function ConsumerName({ consumer }: { consumer: Consumer }) {
  const title = `${consumer.kind} ${consumer.namespace}/${consumer.name}`;
  if (consumer.application === undefined)
    return (
      <span title={title} className="min-w-0 text-muted">
        <MiddleName name={consumer.name} />
      </span>
    );
  return (
    <Link
      href={applicationHref(consumer.application)}
      prefetch={false}
      title={title}
      className="min-w-0 text-accent hover:underline"
    >
      <MiddleName name={consumer.name} />
    </Link>
  );
}

/** The first of those that take a source, and how many more there are. */
export function ConsumersCell({ consumers }: { consumers: readonly Consumer[] }) {
  const [first, ...rest] = consumers;
  if (first === undefined) return <span className="text-subtle">none</span>;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <ConsumerName consumer={first} />
      {rest.length > 0 && (
        <span
          className="tabular shrink-0 text-muted"
          title={rest.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`).join("\n")}
        >
          +{rest.length}
        </span>
      )}
    </span>
  );
}
