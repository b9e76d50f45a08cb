import { judgeByArgoCd } from "./health/argocd.ts";
import { fields } from "./health/fields.ts";
import { judgeByKstatus } from "./health/kstatus.ts";
import type { Health } from "./health/verdict.ts";

export type { Health } from "./health/verdict.ts";

/** Whose rules judge. A resource is judged by those of the engine that owns it: Flux uses kstatus. */
export type HealthSource = "argocd" | "kstatus";

/** `now`, in epoch milliseconds, is the clock's time unless given; only kstatus's grace for unscheduled Pods asks for it. */
type HealthOptions = { source?: HealthSource; now?: number };

/**
 * The health of any Kubernetes object, in Argo CD's words whichever rules judge, with the reason and message that
 * tell a person why. Takes unknown-shaped JSON and never throws: what isn't an object is Unknown.
 */
export function judgeHealth(object: unknown, { source = "argocd", now }: HealthOptions = {}): Health {
  if (typeof object !== "object" || object === null || Array.isArray(object))
    return { status: "Unknown", reason: "NotAnObject" };
  return source === "kstatus" ? judgeByKstatus(fields(object), now) : judgeByArgoCd(fields(object));
}
