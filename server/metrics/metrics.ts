import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import type { AuditEntry } from "#server/actions/audit.ts";
import type { ClusterView } from "#server/view/view.ts";

/** What is looked at when Prometheus asks, and not counted as it happens. */
export interface Observed {
  readonly sessions: () => number;
  readonly streams: () => number;
  readonly views: () => Iterable<Pick<ClusterView, "connection" | "limits" | "snapshot">>;
  readonly now: () => number;
}

const states = ["live", "catching-up", "disconnected"] as const;

/**
 * Everything that `/metrics` tells, and the one place where it is counted. Labels are words of Driftglass and of HTTP alone: no name of a
 * cluster, a person, a namespace or an application, because whoever may scrape may not be somebody who may read these.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Counter({
    name: "driftglass_http_requests_total",
    help: "Requests to the API by method and class of status.",
    labelNames: ["method", "status"],
    registers: [this.#registry],
  });
  readonly #kube = new Counter({
    name: "driftglass_kubernetes_requests_total",
    help: "Requests to Kubernetes' API servers by verb and code; code 0 when no answer came.",
    labelNames: ["verb", "code"],
    registers: [this.#registry],
  });
  readonly #kubeTime = new Histogram({
    name: "driftglass_kubernetes_request_duration_seconds",
    help: "Time until an API server has answered a request, watches until their first byte.",
    labelNames: ["verb"],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 30],
    registers: [this.#registry],
  });
  readonly #events = new Counter({
    name: "driftglass_watch_events_total",
    help: "Events that API servers have sent on watches, the objects of streamed lists and bookmarks included.",
    registers: [this.#registry],
  });
  readonly #actions = new Counter({
    name: "driftglass_actions_total",
    help: "Actions that people took, by engine, action and result.",
    labelNames: ["engine", "action", "result"],
    registers: [this.#registry],
  });

  constructor(observed: Observed) {
    collectDefaultMetrics({ register: this.#registry });
    this.#gauge("driftglass_sessions", "People's sessions that are open.", observed.sessions);
    this.#gauge("driftglass_streams", "Streams of events and logs that are open towards browsers.", observed.streams);
    this.#gauge("driftglass_views", "Cluster views that are open.", () => [...observed.views()].length);
    this.#gauge("driftglass_applications", "Rows in all open views.", () =>
      sum(observed.views(), (view) => view.snapshot().items.length),
    );
    this.#watchHealth(observed);
  }

  /** A request of a browser was answered. */
  answered(method: string, status: number): void {
    this.#requests.inc({ method, status: `${Math.trunc(status / 100)}xx` });
  }

  /** An API server was asked: the verb as Kubernetes names it, the answer's status (0 for none) and the seconds until then. */
  asked(verb: string, code: number, seconds: number): void {
    this.#kube.inc({ verb, code: String(code) });
    this.#kubeTime.observe({ verb }, seconds);
  }

  /** A watch has brought so many events. */
  heard(events: number): void {
    this.#events.inc(events);
  }

  /** Somebody acted. */
  acted({ unit, action, result }: Pick<AuditEntry, "unit" | "action" | "result">): void {
    this.#actions.inc({ engine: unit.split("/")[0] ?? "", action, result });
  }

  /** Prometheus' text format, and the type to send it as. */
  async text(): Promise<{ body: string; contentType: string }> {
    return { body: await this.#registry.metrics(), contentType: this.#registry.contentType };
  }

  #watchHealth({ views, now }: Observed): void {
    const connections = new Gauge({
      name: "driftglass_connections",
      help: "Open views by how they follow their cluster.",
      labelNames: ["state"],
      registers: [],
      collect() {
        for (const state of states)
          this.set(
            { state },
            sum(views(), (view) => (view.connection().state === state ? 1 : 0)),
          );
      },
    });
    const limited = new Gauge({
      name: "driftglass_limited_kinds",
      help: "Kinds that open views can't follow, by the reason.",
      labelNames: ["reason"],
      registers: [],
      collect() {
        this.reset();
        for (const view of views()) for (const { reason } of view.limits()) this.inc({ reason });
      },
    });
    this.#registry.registerMetric(connections);
    this.#registry.registerMetric(limited);
    this.#gauge("driftglass_lag_seconds", "How long the view that has been behind the longest has not been live.", () =>
      Math.max(
        0,
        ...[...views()].map((view) => {
          const { state, since } = view.connection();
          return state === "live" ? 0 : (now() - Date.parse(since)) / 1000;
        }),
      ),
    );
  }

  #gauge(name: string, help: string, read: () => number): void {
    const gauge = new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(read());
      },
    });
    this.#registry.registerMetric(gauge);
  }
}

function sum<T>(all: Iterable<T>, count: (one: T) => number): number {
  let total = 0;
  for (const one of all) total += count(one);
  return total;
}
