import { activityKinds, activityResults, type ActivityFilter } from "#lib/model/activity.ts";
import { engines } from "#lib/model/application.ts";

/** The names of the filter in the page's query. */
export const filterKeys = ["kind", "result", "engine", "namespace", "application", "person", "q"] as const;

/** Reads what is asked for from the query of the page. Values that mean nothing are left out. */
export function readActivityFilter(params: URLSearchParams): ActivityFilter {
  const text = (key: string) => params.get(key) || undefined;
  const kind = activityKinds.find((each) => each === params.get("kind"));
  const result = activityResults.find((each) => each === params.get("result"));
  const engine = engines.find((each) => each === params.get("engine"));
  const [namespace, application, person, q] = [text("namespace"), text("application"), text("person"), text("q")];
  return {
    ...(kind && { kind }),
    ...(result && { result }),
    ...(engine && { engine }),
    ...(namespace !== undefined && { namespace }),
    ...(application !== undefined && { application }),
    ...(person !== undefined && { person }),
    ...(q !== undefined && { q }),
  };
}
