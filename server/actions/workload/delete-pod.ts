import type { DiffObject } from "#lib/model/diff-object.ts";
import { formatRef } from "#lib/model/resource-ref.ts";
import { toYaml } from "#lib/diff/to-yaml.ts";
import { accessTo, pathOf } from "../object-io.ts";
import type { ResourceActionHandler, ResourceContext } from "./resource-action.ts";
import { controllerOf } from "./scale.ts";

/** Deletes a Pod, so that its controller starts another. Only the very Pod that was looked at: its successor has another uid. */
export const deletePod: ResourceActionHandler = {
  offered: ({ group, kind }) => group === "" && kind === "Pod",
  access: (io, ref) => [accessTo(io, "delete", { group: "", kind: "Pod" }, ref.namespace)],
  async preview(context) {
    const { io, ref, object } = context;
    await remove(context, true);
    const change: DiffObject = {
      ref,
      change: "removed",
      from: toYaml(io.masker.maskObject(object)),
      exactness: "dry-run",
    };
    return { message: sentence(context, "would be deleted"), warnings: warningsOf(context), changes: [change] };
  },
  async perform(context) {
    await remove(context, false);
    return { message: sentence(context, "is being deleted"), warnings: warningsOf(context) };
  },
};

/*
 * The API server reads the options of a DELETE from the body or, without one, from the query, never from both: a dry run that stands in the
 * query beside a body is none (apiserver `pkg/endpoints/handlers/delete.go`).
 */
async function remove({ io, ref, object }: ResourceContext, dryRun: boolean): Promise<void> {
  await io.client.request({
    method: "DELETE",
    path: pathOf(io, ref),
    body: {
      apiVersion: "v1",
      kind: "DeleteOptions",
      preconditions: { uid: object.metadata.uid },
      ...(dryRun && { dryRun: ["All"] }),
    },
  });
}

function sentence({ ref, object }: ResourceContext, verb: string): string {
  const owner = controllerOf(object);
  return `${formatRef(ref)} ${verb}${owner === undefined ? "" : `; ${owner} starts another`}.`;
}

function warningsOf({ ref, object }: ResourceContext): string[] {
  return controllerOf(object) === undefined
    ? [`No controller owns ${formatRef(ref)}: nothing will start it again.`]
    : [];
}
