/** When a cron schedule fires: the values that each of its five fields allows. */
export interface CronSchedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** With a star in either of them both day and weekday have to match, else one is enough. */
  readonly starredDay: boolean;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const bounds = {
  minutes: { min: 0, max: 59 },
  hours: { min: 0, max: 23 },
  days: { min: 1, max: 31 },
  months: { min: 1, max: 12, names: "jan feb mar apr may jun jul aug sep oct nov dec".split(" ") },
  weekdays: { min: 0, max: 6, names: "sun mon tue wed thu fri sat".split(" ") },
} as const satisfies Record<string, Bounds>;

const day = 86_400_000;
const minute = 60_000;

/**
 * Reads a schedule of five fields, as Argo CD reads those of sync windows; undefined for one that it refuses.
 * Source: robfig/cron v3 `parser.go`, with minute, hour, day of month, month and day of week, and without descriptors such as `@daily`.
 */
export function parseCron(schedule: string): CronSchedule | undefined {
  const parts = schedule.trim().split(/\s+/);
  const [minutes, hours, days, months, weekdays] = parts;
  if (parts.length !== 5 || minutes === undefined || hours === undefined) return undefined;
  if (days === undefined || months === undefined || weekdays === undefined) return undefined;
  try {
    const dayField = readField(days, bounds.days);
    const weekdayField = readField(weekdays, bounds.weekdays);
    return {
      minutes: readField(minutes, bounds.minutes).values,
      hours: readField(hours, bounds.hours).values,
      days: dayField.values,
      months: readField(months, bounds.months).values,
      weekdays: weekdayField.values,
      starredDay: dayField.starred || weekdayField.starred,
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The last time before `until` and after `since` (milliseconds of UTC) at which it fires; undefined when there is none. */
export function lastFiring(schedule: CronSchedule, since: number, until: number): number | undefined {
  for (let start = Math.floor((until - 1) / day) * day; start + day > since; start -= day) {
    const date = new Date(start);
    if (!schedule.months.has(date.getUTCMonth() + 1) || !dayMatches(schedule, date)) continue;
    for (let time = Math.min(start + day, Math.ceil(until / minute) * minute) - minute; time >= start; time -= minute) {
      if (time <= since) break;
      const moment = new Date(time);
      if (schedule.hours.has(moment.getUTCHours()) && schedule.minutes.has(moment.getUTCMinutes())) return time;
    }
  }
  return undefined;
}

function dayMatches({ days, weekdays, starredDay }: CronSchedule, date: Date): boolean {
  const matches = [days.has(date.getUTCDate()), weekdays.has(date.getUTCDay())];
  return starredDay ? matches.every(Boolean) : matches.some(Boolean);
}

function readField(field: string, limits: Bounds): { values: Set<number>; starred: boolean } {
  const values = new Set<number>();
  let starred = false;
  for (const expression of field.split(",").filter((part) => part !== "")) {
    const [range = "", stepText, ...tooManySteps] = expression.split("/");
    const [low = "", high, ...tooManyHyphens] = range.split("-");
    if (tooManySteps.length > 0 || tooManyHyphens.length > 0) throw new RangeError(expression);
    const isStar = low === "*" || low === "?";
    const step = stepText === undefined ? 1 : readNumber(stepText);
    const start = isStar ? limits.min : readNumber(low, limits.names, limits.min);
    // "N/step" means "from N to the end".
    const single = isStar || stepText !== undefined ? limits.max : start;
    const end = isStar || high === undefined ? single : readNumber(high, limits.names, limits.min);
    if (start < limits.min || end > limits.max || start > end || step === 0) throw new RangeError(expression);
    for (let value = start; value <= end; value += step) values.add(value);
    if (isStar && step === 1) starred = true;
  }
  return { values, starred };
}

function readNumber(text: string, names: readonly string[] = [], first = 0): number {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return named + first;
  if (!/^\+?\d+$/.test(text)) throw new RangeError(text);
  return Number(text);
}
