import { createTwoFilesPatch } from "diff";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { formatRef } from "#lib/model/resource-ref.ts";

/** The changes as a patch that other tools read. Masked values stay masked. */
export function patchOf(objects: readonly DiffObject[]): string {
  return objects
    .filter((object) => object.change !== "unchanged")
    .map((object) => {
      const name = [object.ref.namespace, formatRef(object.ref)].filter(Boolean).join("/");
      return createTwoFilesPatch(
        object.change === "added" ? "/dev/null" : `a/${name}`,
        object.change === "removed" ? "/dev/null" : `b/${name}`,
        object.from ?? "",
        object.to ?? "",
      );
    })
    .join("\n");
}
