import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/* The tokens as they stand in the style sheet: nothing here can go stale. */
const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }] as const,
  ),
);

type Theme = "light" | "dark";

function colour(name: string, theme: Theme): string {
  const token = tokens.get(name);
  if (token === undefined) throw new Error(`globals.css has no colour --${name}`);
  return token[theme];
}

/** Relative luminance of an sRGB colour, by WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const tones = ["ok", "busy", "warn", "bad", "idle"] as const;
const grounds = ["bg", "surface", "raised", "sunken", "hover", "selected"] as const;

/** Every text colour with each ground that it stands on somewhere. */
const texts: Array<[text: string, ground: string]> = [
  ...["ink", "muted", "subtle", "accent", ...tones].flatMap((text) =>
    grounds.map((ground): [string, string] => [text, ground]),
  ),
  ...tones.flatMap((tone): Array<[string, string]> => [
    [tone, `${tone}-tint`],
    ["ink", `${tone}-tint`],
    ["muted", `${tone}-tint`],
  ]),
  ...(["add", "del"] as const).flatMap((side): Array<[string, string]> => [
    ["ink", `diff-${side}`],
    ["ink", `diff-${side}-word`],
    [`diff-${side}-ink`, `diff-${side}`],
    [`diff-${side}-ink`, "surface"],
    ["muted", `diff-${side}`],
  ]),
  ["on-accent", "accent-fill"],
  ["on-accent", "accent-fill-hover"],
  ["on-danger", "danger-fill"],
  ["on-danger", "danger-fill-hover"],
];

/** Shapes that tell something: WCAG asks for 3:1. */
const shapes: Array<[shape: string, ground: string]> = [
  ...tones.flatMap((tone): Array<[string, string]> => [
    [`${tone}-bar`, "surface"],
    [`${tone}-bar`, "raised"],
  ]),
  ["field-line", "surface"],
  ["field-line", "raised"],
  ["accent", "surface"],
];

describe.each(["light", "dark"] as const)("in %s", (theme) => {
  it.each(texts)("%s on %s is readable (4.5:1)", (text, ground) =>
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5),
  );
  it.each(shapes)("%s on %s is seen (3:1)", (shape, ground) =>
    expect(contrast(colour(shape, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3),
  );
});

it("black on white is 21:1, so the measure is right", () => expect(contrast("#000000", "#ffffff")).toBeCloseTo(21));

it("the hues of removed and added differ in lightness or warmth enough for red-green blindness", () => {
  for (const theme of ["light", "dark"] as const) {
    // Blue is the channel that protanopes and deuteranopes keep.
    const blue = (name: string) => Number.parseInt(colour(name, theme).slice(5, 7), 16);
    expect(Math.abs(blue("diff-add-word") - blue("diff-del-word"))).toBeGreaterThan(40);
  }
});
