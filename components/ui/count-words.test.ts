import { expect, it } from "vitest";
import { countWords } from "./count-words.ts";

it.each([0, 7, 999, 1_000, 17_500, 100_000, 1_234_567])("writes %d as the language's own rules do", (count) => {
  expect(countWords(count)).toBe(count.toLocaleString("en"));
});
