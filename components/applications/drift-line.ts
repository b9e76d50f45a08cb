import type { Application } from "#lib/model/application.ts";
import { formatRef } from "#lib/model/resource-ref.ts";

/**
 * The first drifted field in one line that bears being cut at its end: the field and its values first, then the object, then who wrote it.
 * `spec.replicas 2 → 4 · StatefulSet/worker · kubectl`. Undefined where no field is known.
 */
export function driftLine({ top, count }: Application["drift"]): string | undefined {
  if (top === undefined || top.path === "") return undefined;
  const [from, to] = withoutCommonFolder(top.from ?? "absent", top.to ?? "absent");
  return [
    `${shortPath(top.path)} ${from} → ${to}`,
    formatRef(top.ref),
    ...(top.manager === undefined ? [] : [top.manager]),
    ...(count > 1 ? [`${count - 1} more`] : []),
  ].join(" · ");
}

/** The end of a field's path, which tells fields apart: `spec.template.spec.containers[name=app].image` is `containers[app].image`. */
export function shortPath(path: string): string {
  const segments = path.match(/(?:[^.[\]]|\[[^\]]*\])+/g) ?? [path];
  return segments.slice(-2).join(".").replaceAll("[name=", "[");
}

/** Two values without the folders or the registry that both begin with. */
function withoutCommonFolder(from: string, to: string): [from: string, to: string] {
  let same = 0;
  while (same < from.length && from[same] === to[same]) same += 1;
  const folder = from.lastIndexOf("/", same - 1) + 1;
  return same === 0 ? [from, to] : [from.slice(folder), to.slice(folder)];
}
