import type { ActionHandler, Outcome } from "../action-handler.ts";
import { patchObject } from "../object-io.ts";
import { definedBy, unitWords } from "../unit-object.ts";
import { isOperating } from "./guarded.ts";
import { refreshPatch, terminatePatch } from "./patches.ts";
import { patchApplication } from "./sync.ts";

/** Asks Argo CD to compare again. */
export const argoRefresh: ActionHandler = {
  access: (context) => [patchApplication(context)],
  preview: async ({ unit, request }): Promise<Outcome> => ({
    message: `Argo CD would compare ${unitWords(unit)} again${request.hard === true ? " with freshly made manifests" : ""}; nothing in the cluster changes unless auto-sync is on.`,
    changes: [],
  }),
  async perform({ io, unit, request }): Promise<Outcome> {
    await patchObject(io, definedBy(unit), refreshPatch(request.hard === true));
    return {
      message: `${request.hard === true ? "A hard refresh" : "A refresh"} of ${unitWords(unit)} was requested.`,
    };
  },
};

/** Ends the operation that runs. */
export const argoTerminate: ActionHandler = {
  access: (context) => [patchApplication(context)],
  refusal({ object }) {
    if (isOperating(object)) return undefined;
    return object?.["operation"] === undefined ? "no operation is running" : "the operation has not started yet";
  },
  preview: async ({ unit }): Promise<Outcome> => ({
    message: `The operation of ${unitWords(unit)} would be terminated.`,
    warnings: ["What it has applied already stays applied."],
    changes: [],
  }),
  async perform({ io, unit }): Promise<Outcome> {
    await patchObject(io, definedBy(unit), terminatePatch());
    return {
      message: `The operation of ${unitWords(unit)} is being terminated.`,
      warnings: ["What it has applied already stays applied."],
    };
  },
};
