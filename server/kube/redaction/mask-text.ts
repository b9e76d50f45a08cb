import { unreadable } from "./token.ts";
import type { Tokens } from "./token.ts";

// Anyone who may write a message or a ConfigMap chooses the text: no pattern here may take more than a time that grows with its length, so
// no two parts next to each other match the same characters, and what may start anywhere is bounded.
const namesSecret = /kind\\*["']?\s*:\s*(?:(?:\\+["']?|["'])\s*)?secret/i;
const jwt = /\beyJ(?:(?!-eyJ)[\w-]){6,}\.[\w-]{6,}\.[\w-]*/g;
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
const bearer = /\b(Bearer\s+)([\w.~+/=-]{8,})/gi;
const userInfo = /(:\/\/[^\s/:@"']*:)([^\s/@"']+)(@)/gi;
/** Context that JSON decoders print around a fault: raw bytes of the document. */
const decoderContext = /(\.\.\.\|)([\s\S]{0,256}?)(\|\.\.\.)/g;
const word =
  "(?:password|passwd|passphrase|pwd|secret|token|api[-_]?key|access[-_]?key|client[-_]?secret|private[-_]?key)";
/** `password=x`, `"password": "x"`, `token: "x"`; a bare word after a colon is prose more often than a value. */
const assignments = [
  new RegExp(`(${word}=)("(?:[^"\\\\]|\\\\.)*"|'[^']*'|(?!‹masked )[^\\s"',;&]+)`, "gi"),
  new RegExp(`(${word}\\\\*["']?\\s*:\\s*\\\\*)("(?:[^"\\\\]|\\\\.)*"|'[^']*')`, "gi"),
  /(\b(?:password|passwd|passphrase)\s*:\s+)((?!‹masked )[^\s"',;]+)/gi,
];
const quotedValue =
  /((?:Invalid|Unsupported|Duplicate) value: )("(?:[^"\\]|\\.)*"(?=\s*(?::\s|[,\]);]|$))|(?!"?‹masked )[^\n]*)/g;

/**
 * A message without secret values, as far as they can be recognised: field errors of Secrets, decoder contexts, tokens, private keys,
 * passwords in URLs and assignments. `maskJson` and `maskYaml` are for objects that stand in the message.
 */
export function maskMessage(
  text: string,
  tokens: Tokens,
  maskJson: MaskJson,
  maskYaml: (yaml: string) => string,
): string {
  const mask = (value: string): string => {
    const quote = /^["']/.exec(value)?.[0] ?? "";
    const bare = quote === "" ? value : value.slice(1, -1);
    return `${quote}${tokens.token(bare)}${quote}`;
  };
  const keep = (_: string, before: string, value: string, after: unknown): string =>
    `${before}${mask(value)}${typeof after === "string" ? after : ""}`;
  let masked = maskEmbedded(text, maskJson, maskYaml);
  masked = masked.replace(privateKey, (key) => tokens.token(key)).replace(jwt, (token) => tokens.token(token));
  if (masked.includes("|...")) masked = masked.replace(decoderContext, keep);
  if (/\bsecrets?\b|\b(?:data|stringData)[[.:]/i.test(masked))
    masked = masked.replace(quotedValue, (all, before: string, value: string) => keep(all, before, value, undefined));
  masked = masked.replace(bearer, (all, before: string, value: string) => keep(all, before, value, undefined));
  masked = masked.replace(userInfo, keep);
  for (const assignment of assignments) {
    masked = masked.replace(assignment, (all, before: string, value: string) => keep(all, before, value, undefined));
  }
  return masked;
}

/**
 * A text with the Secrets in it masked that are written there as JSON (plain, or escaped inside of other JSON) or YAML.
 * `maskJson` answers undefined for what is not JSON; what looks like a Secret and can't be read is cut out whole.
 */
export function maskEmbedded(text: string, maskJson: MaskJson, maskYaml: (yaml: string) => string): string {
  if (!namesSecret.test(text)) return text;
  const whole = maskJson(text);
  if (whole !== undefined) return whole;
  const { text: withoutJson, rest } = maskFragments(text, maskJson);
  if (!namesSecret.test(rest)) return withoutJson;
  const start = /^[ \t]*(?:---|["']?(?:apiVersion|kind|metadata|data|stringData|items)["']?[ \t]*:)/im.exec(
    withoutJson,
  );
  if (!start) return unreadable;
  const before = withoutJson.slice(0, start.index);
  return (
    (namesSecret.test(maskFragments(before, maskJson).rest) ? unreadable : before) +
    maskYaml(withoutJson.slice(start.index))
  );
}

/**
 * Replaces each outermost `{…}` that mentions a Secret. From one that never ends, or is no JSON, everything is cut out: where it ends
 * can't be known. `rest` is what stands outside of them.
 */
function maskFragments(text: string, maskJson: MaskJson): { text: string; rest: string } {
  let result = "";
  let rest = "";
  let position = 0;
  // Braces that never close are looked behind again and again; who writes thousands of them gets nothing shown instead.
  let patience = 16 * text.length + 65_536;
  for (;;) {
    const start = text.indexOf("{", position);
    const between = text.slice(position, start < 0 ? undefined : start);
    result += between;
    rest += between;
    if (start < 0) return { text: result, rest };
    const escaped = /^\{\s*\\+"/.test(text.slice(start, start + 40));
    const end = escaped ? undefined : endOfObject(text, start);
    const fragment = text.slice(start, end);
    patience -= fragment.length;
    if (patience < 0) return { text: result + unreadable, rest };
    if (!namesSecret.test(fragment)) {
      position = end ?? start + 1;
      result += text.slice(start, position);
      continue;
    }
    const masked = escaped ? maskEscaped(text, start, maskJson) : maskWhole(text, start, end, maskJson);
    if (!masked) return { text: result + unreadable, rest };
    result += masked.text;
    position = masked.end;
  }
}

type MaskJson = (json: string) => string | undefined;

interface MaskedFragment {
  readonly text: string;
  readonly end: number;
}

function maskWhole(
  text: string,
  start: number,
  end: number | undefined,
  maskJson: MaskJson,
): MaskedFragment | undefined {
  const masked = end === undefined ? undefined : maskJson(text.slice(start, end));
  return masked === undefined || end === undefined ? undefined : { text: masked, end };
}

/** JSON inside of a JSON text (`{\"kind\":…}`), once or several times over: the first `}` at which it can be read is its end. */
function maskEscaped(text: string, start: number, maskJson: MaskJson): MaskedFragment | undefined {
  let end = start;
  for (let attempt = 0; attempt < 64; attempt++) {
    end = text.indexOf("}", end) + 1;
    if (end === 0) return undefined;
    const masked = unescaped(text.slice(start, end), maskJson);
    if (masked !== undefined) return { text: masked, end };
  }
  return undefined;
}

function unescaped(fragment: string, maskJson: MaskJson): string | undefined {
  try {
    const inner: unknown = JSON.parse(`"${fragment}"`);
    if (typeof inner !== "string" || inner === fragment) return undefined;
    const masked = maskJson(inner) ?? unescaped(inner, maskJson);
    return masked === undefined ? undefined : JSON.stringify(masked).slice(1, -1);
  } catch {
    return undefined;
  }
}

function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return index + 1;
    else if (character === '"') {
      const close = endOfString(text, index);
      if (close === undefined) return undefined;
      index = close;
    }
  }
  return undefined;
}

function endOfString(text: string, start: number): number | undefined {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if (text[index] === '"') return index;
  }
  return undefined;
}
