const unit = /(\d+(?:\.\d+)?)(h|ms|µs|us|ns|m|s)/g;
const seconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, µs: 1e-6, us: 1e-6, ns: 1e-9 };

/** A duration as Go writes it (`1m2.5s`, `482.1ms`) in seconds; undefined for anything else. Source: Go `time.Duration.String`. */
export function goSeconds(duration: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|µs|us|ns|m|s))+$/.test(duration)) return undefined;
  let total = 0;
  for (const [, amount = "0", name = "s"] of duration.matchAll(unit)) total += Number(amount) * (seconds[name] ?? 0);
  return total;
}
