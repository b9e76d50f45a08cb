import { apiError } from "#lib/api/errors.ts";
import { actions, type Action } from "#lib/model/action.ts";
import { engines, type ApplicationRef } from "#lib/model/application.ts";
import { automationKinds, type AutomationRef } from "#lib/model/automation.ts";
import {
  fluxSourceActions,
  fluxSourceKinds,
  type FluxSourceAction,
  type FluxSourceRef,
} from "#lib/model/flux-source.ts";
import { resourceActions, type ResourceAction } from "#lib/model/resource-action.ts";
import { type ApplicationAt, parseApplicationAt } from "#lib/model/application-at.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";

/** An application's part of a path. */
export interface UnitParams {
  readonly engine: string;
  readonly namespace: string;
  readonly name: string;
}

/** A resource's part of a path: `_` is no namespace, `core` the core group. */
export interface ResourceParams {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** A source's part of a path. */
export interface SourceParams {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Characters that no name of Kubernetes has, and the two names that would change an API path. */
const unsafe = /[/\\%?#\0]|^\.{1,2}$/;

/** The application of a path. @throws ApiError 404 for an engine that there is not */
export function unitOf({ engine, namespace, name }: UnitParams): ApplicationRef {
  const known = oneOf(engines, engine, "Engine", "There is no such engine.");
  return { engine: known, namespace: checked(namespace), name: checked(name) };
}

/** The resource of a path. @throws ApiError 404 for names that no object can have */
export function resourceOf({ group, version, kind, namespace, name }: ResourceParams): ResourceRef {
  return {
    group: group === "core" ? "" : checked(group),
    version: checked(version),
    kind: checked(kind),
    ...(namespace === "_" ? {} : { namespace: checked(namespace) }),
    name: checked(name),
  };
}

/** The source of a path. @throws ApiError 404 for a kind that is none of sources */
export function sourceOf({ kind, namespace, name }: SourceParams): FluxSourceRef {
  const known = oneOf(fluxSourceKinds, kind, "Kind", "There is no such kind of source.");
  return { kind: known, namespace: checked(namespace), name: checked(name) };
}

/** The object of a path. @throws ApiError 404 for a kind that is none of those */
export function automationOf({ kind, namespace, name }: SourceParams): AutomationRef {
  const known = oneOf(automationKinds, kind, "Kind", "There is no such kind here.");
  return { kind: known, namespace: checked(namespace), name: checked(name) };
}

/** The action of a source's path. @throws ApiError 404 for one that there is not */
export function sourceActionOf(name: string): FluxSourceAction {
  return oneOf(fluxSourceActions, name, "Action", "There is no such action.");
}

/** One of the words that may stand here. @throws ApiError 404 for others */
function oneOf<Word extends string>(
  words: readonly Word[],
  segment: string,
  what: "Engine" | "Kind" | "Action",
  title: string,
): Word {
  const known = words.find((word) => word === segment);
  if (known !== undefined) return known;
  throw apiError(404, `unknown-${what.toLowerCase()}`, title, { detail: `${what}s are ${words.join(", ")}.` });
}

function checked(segment: string): string {
  if (segment === "" || segment.length > 253 || unsafe.test(segment))
    throw apiError(404, "not-found", "No object can have this name.");
  return segment;
}

/** The action of a path. @throws ApiError 404 for one that there is not */
export function actionOf(name: string): Action {
  return oneOf(actions, name, "Action", "There is no such action.");
}

/** The action of a resource's path. @throws ApiError 404 for one that there is not */
export function resourceActionOf(name: string): ResourceAction {
  return oneOf(resourceActions, name, "Action", "There is no such action.");
}

/** The two sides of a comparison. @throws ApiError 422 when one is missing */
export function sidesOf(search: URLSearchParams): { from: string; to: string } {
  const [from, to] = [search.get("from"), search.get("to")];
  if (from && to && from.length <= 512 && to.length <= 512) return { from, to };
  throw apiError(422, "invalid", "A comparison needs `from` and `to`.", {
    hint: "Each is a revision id, `desired` or `live`.",
  });
}

/** One application at a revision, of a query. @throws ApiError 422 when it is missing or not one */
export function applicationAtOf(search: URLSearchParams, name: string): ApplicationAt {
  const text = search.get(name) ?? "";
  const side = text.length <= 1024 ? parseApplicationAt(text) : undefined;
  if (side) return { application: unitOf(side.application), revision: side.revision };
  throw apiError(422, "invalid", `A comparison of applications needs \`${name}\`.`, {
    hint: "It is `engine/namespace/name`, then `@` and a revision id, `desired` or `live`.",
  });
}
