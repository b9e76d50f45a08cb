import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { smallHeap } from "./heap-growth.ts";

it("the image starts the server with the flags that keep its heap small", () => {
  const image = readFileSync(join(import.meta.dirname, "../../deploy/Dockerfile"), "utf8");
  const command = /^CMD (\[.*\])$/m.exec(image)?.[1] ?? "[]";
  expect(JSON.parse(command)).toEqual(expect.arrayContaining(smallHeap));
});
