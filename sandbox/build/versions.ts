/** A dotted version as numbers, compared part by part. */
export type Version = readonly number[];

/** First dotted version in a text such as `go version go1.26.8 linux/amd64`; undefined when there is none. */
export function parseVersion(text: string): Version | undefined {
  const match = /\d+(?:\.\d+)+/.exec(text);
  return match ? match[0].split(".").map(Number) : undefined;
}

/** Whether `version` is `minimum` or newer; missing parts count as 0. */
export function isAtLeast(version: Version, minimum: Version): boolean {
  for (let i = 0; i < Math.max(version.length, minimum.length); i++) {
    const difference = (version[i] ?? 0) - (minimum[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** A version the way people write it. */
export function formatVersion(version: Version): string {
  return version.join(".");
}
