import { expect, test } from "@playwright/test";
import { reportPath } from "./leak-proxy.ts";

test("no Secret value was in any answer of the whole run, event streams included", async ({ request }) => {
  const { leaks, bodies, bytes } = (await (await request.get(reportPath)).json()) as {
    leaks: unknown[];
    bodies: number;
    bytes: number;
  };
  expect(leaks).toEqual([]);
  // The scan has seen the run: hundreds of answers, and not only headers.
  expect(bodies).toBeGreaterThan(200);
  expect(bytes).toBeGreaterThan(1_000_000);
});
