/** The word that was probably meant: the nearest one by letters, if it is no more than a slip of two away. */
export function nearest(typed: string, words: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.min(3, typed.length);
  for (const word of words) {
    const distance = lettersApart(typed, word);
    if (distance < least) [best, least] = [word, distance];
  }
  return best;
}

/** How many letters have to be changed, put in or left out (Levenshtein). */
function lettersApart(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1])));
    row = next;
  }
  return row[b.length] ?? 0;
}
