/** A count as it is written in English: `17,500`. `toLocaleString` says the same, but loads a locale's data for it: a frame's time, before the first rows. */
export function countWords(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
