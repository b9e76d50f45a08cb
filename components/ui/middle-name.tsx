import { cx } from "./cx.ts";

/**
 * A name that, where it does not fit, loses its middle and keeps its end: in Kubernetes the end is what tells names
 * apart. The whole name is in the title and in what is copied.
 */
export function MiddleName({ name, className }: { name: string; className?: string }) {
  const tail = name.length > 12 ? 7 : 0;
  return (
    <span title={name} className={cx("inline-flex max-w-full min-w-0 whitespace-pre", className)}>
      {tail === 0 ? (
        <span className="min-w-0 truncate">{name}</span>
      ) : (
        <>
          {/* In two pieces the name would be read with a gap. */}
          <span className="sr-only">{name}</span>
          <span aria-hidden="true" className="min-w-0 truncate">
            {name.slice(0, -tail)}
          </span>
          <span aria-hidden="true" className="shrink-0">
            {name.slice(-tail)}
          </span>
        </>
      )}
    </span>
  );
}
