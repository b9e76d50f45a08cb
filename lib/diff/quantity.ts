const pattern = /^([+-]?)(\d+\.?\d*|\.\d+)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/;
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary: Readonly<Record<string, bigint>> = { Ki: 1n, Mi: 2n, Gi: 3n, Ti: 4n, Pi: 5n, Ei: 6n };
const longest = 64;

/**
 * A Kubernetes quantity in billionths, exactly: "1000m" and 1 are the same number. Undefined for what is no quantity.
 * Source: apimachinery `pkg/api/resource/quantity.go`; finer than a billionth is rounded up there and here.
 */
export function parseQuantity(value: unknown): bigint | undefined {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || text.length > longest) return undefined;
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, sign = "", digits = "", suffix = "", exponentText] = match;
  const [whole = "", fraction = ""] = digits.split(".");
  const exponent = exponentText === undefined ? (decimal[suffix] ?? 0) : Number(exponentText);
  if (Math.abs(exponent) > longest) return undefined;
  const factor = binary[suffix] === undefined ? 1n : 1024n ** binary[suffix];
  const shift = 9 + exponent - fraction.length;
  const number = BigInt(`${whole}${fraction}` || "0") * factor;
  const scaled = shift >= 0 ? number * 10n ** BigInt(shift) : divideUp(number, 10n ** BigInt(-shift));
  return sign === "-" ? -scaled : scaled;
}

function divideUp(number: bigint, divisor: bigint): bigint {
  return (number + divisor - 1n) / divisor;
}
