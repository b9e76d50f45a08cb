import type { HttpRuntime } from "./runtime-interface.ts";

type Sample = readonly [value: number, labels?: Readonly<Record<string, string>>];

/** `/metrics` in Prometheus' text format. Counts alone: no name of a cluster, a person or an application. */
export function metricsText(runtime: HttpRuntime): string {
  const memory = process.memoryUsage();
  const requests: Sample[] = [...runtime.requests.entries()].map(({ method, status, count }) => [
    count,
    { method, status },
  ]);
  return [
    metric("driftglass_sessions", "gauge", "People's sessions that are open.", [[runtime.sessions.size]]),
    metric("driftglass_views", "gauge", "Cluster views that are open.", [[runtime.views.size]]),
    metric("driftglass_streams", "gauge", "Streams of events and logs that are open towards browsers.", [
      [runtime.streams.size],
    ]),
    metric("driftglass_http_requests_total", "counter", "Requests to the API by method and class of status.", requests),
    metric("process_resident_memory_bytes", "gauge", "Resident memory.", [[memory.rss]]),
    metric("nodejs_heap_used_bytes", "gauge", "Used heap.", [[memory.heapUsed]]),
    metric("process_uptime_seconds", "gauge", "Seconds since the process started.", [[process.uptime()]]),
  ].join("");
}

function metric(name: string, type: "gauge" | "counter", help: string, samples: readonly Sample[]): string {
  const lines = samples.map(([value, labels]) => `${name}${labelText(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function labelText(labels: Readonly<Record<string, string>> | undefined): string {
  if (!labels) return "";
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replace(/[\\"\n]/g, (char) => (char === "\n" ? "\\n" : `\\${char}`))}"`,
  );
  return `{${pairs.join(",")}}`;
}
