import type { ActivityEntry } from "#lib/model/activity.ts";
import { applicationKey, type Application } from "#lib/model/application.ts";
import type { ClusterEvent } from "#lib/api/events.ts";
import type { AuditEntry } from "#server/actions/audit.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import type { ClusterView } from "#server/view/view.ts";
import { auditActivity } from "./audit-entries.ts";
import { readClusterEvents, type ClusterEvents } from "./cluster-events.ts";
import { Ring } from "./ring.ts";
import { timeline, type ReadingCache } from "./timeline.ts";
import { transitionsOf } from "./transitions.ts";

/** What is known to have happened in one view. */
export interface ViewActivity {
  /** Newest first. */
  readonly entries: readonly ActivityEntry[];
  /** Since when changes are watched; before it only what the cluster itself remembers is known. */
  readonly since: string;
  /** What is missing, in words. */
  readonly notes: readonly string[];
}

/** The fleet's timeline, one for each view: what one identity has seen is never shown to another. */
export interface ActivityPort {
  /** Begins to watch a view's rows change. */
  follow(view: ClusterView): void;
  /** Remembers an action, for the identity that took it. */
  acted(view: ClusterView, entry: AuditEntry): void;
  /** @throws KubeError with status 401 */
  read(view: ClusterView): Promise<ViewActivity>;
}

interface Followed {
  readonly since: string;
  readonly rows: Map<string, Application>;
  readonly seen: Ring<ActivityEntry>;
  readonly cache: ReadingCache;
  ready: boolean;
  events?: { readonly until: number; readonly answer: Promise<ClusterEvents> };
}

/* Enough for days of a calm fleet and for an hour of a bad one. */
const mostSeen = 2000;
/* Pages of one person share an answer for so long; milliseconds. */
const eventsKept = 5000;

/** The timeline of every view that is followed. @param now milliseconds since 1970 */
export function createActivity({ masker, now }: { masker: Masker; now: () => number }): ActivityPort {
  const views = new WeakMap<ClusterView, Followed>();
  const isoNow = (): string => new Date(now()).toISOString();

  function follow(view: ClusterView): Followed {
    const known = views.get(view);
    if (known) return known;
    const followed: Followed = {
      since: isoNow(),
      rows: new Map(),
      seen: new Ring(mostSeen),
      cache: new WeakMap(),
      ready: false,
    };
    views.set(view, followed);
    // A view that is followed late has rows already.
    for (const row of view.snapshot().items) followed.rows.set(applicationKey(row), row);
    view.subscribe((event) => take(view, followed, event));
    return followed;
  }

  function take(view: ClusterView, followed: Followed, event: ClusterEvent): void {
    if (event.type !== "applications") return;
    // Until all is listed, rows change because more is known and not because anything happens.
    followed.ready ||= view.ready();
    for (const key of event.removes) followed.rows.delete(key);
    for (const row of event.upserts) {
      const key = applicationKey(row);
      const before = followed.rows.get(key);
      followed.rows.set(key, row);
      if (before === undefined || !followed.ready) continue;
      for (const entry of transitionsOf(before, row, isoNow())) followed.seen.add(entry);
    }
  }

  function eventsOf(view: ClusterView, followed: Followed): Promise<ClusterEvents> {
    const { events } = followed;
    if (events && events.until > now()) return events.answer;
    const answer = readClusterEvents(view, masker);
    followed.events = { until: now() + eventsKept, answer };
    answer.catch(() => delete followed.events);
    return answer;
  }

  return {
    follow: (view) => void follow(view),
    acted(view, entry) {
      const told = auditActivity({ ...entry, message: masker.maskText(entry.message) });
      const followed = follow(view);
      if (told !== undefined) followed.seen.add(told);
      delete followed.events;
    },
    async read(view) {
      const followed = follow(view);
      const { warnings, actions, notes } = await eventsOf(view, followed);
      const parts = { warnings, actions, seen: followed.seen.items };
      return { entries: timeline(view, parts, followed.cache), since: followed.since, notes };
    },
  };
}
