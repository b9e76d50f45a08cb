/** Orders texts by code units, for `sort`: thousands are compared at a time, and `localeCompare` would take tens of milliseconds. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
