import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { signedIds } from "./session-ids.ts";

const [old, next] = [randomBytes(48), randomBytes(48)];

it("knows its ids from all others", () => {
  const ids = signedIds([next]);
  const id = ids.create();
  expect(ids.isGenuine(id)).toBe(true);
  expect(id).not.toBe(ids.create());
  for (const other of [
    "",
    "x",
    id.slice(1),
    id.slice(0, -2),
    `${id}.x`,
    id.replace(".", ""),
    signedIds([old]).create(),
  ])
    expect(ids.isGenuine(other)).toBe(false);
});

it("takes the ids of a key that is being replaced", () => {
  expect(signedIds([next, old]).isGenuine(signedIds([old]).create())).toBe(true);
  expect(signedIds([old]).isGenuine(signedIds([next, old]).create())).toBe(false);
});
