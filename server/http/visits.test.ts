import { expect, it } from "vitest";
import { Visits } from "./visits.ts";

/** Visits on a clock that goes on when somebody waits; `during` happens in each wait. */
function setup(during: (visits: Visits) => void = () => undefined) {
  let time = 0;
  const visits: Visits = new Visits(
    () => time,
    async (milliseconds) => {
      time += milliseconds / 2;
      during(visits);
      time += milliseconds / 2;
    },
  );
  const waited = async (): Promise<number> => {
    const before = time;
    await visits.over();
    return time - before;
  };
  return { visits, waited, pass: (milliseconds: number) => (time += milliseconds) };
}

it("waits for nobody when no page is being opened", async () => {
  expect(await setup().waited()).toBe(0);
});

it("waits a second after a page was asked for, and on when another one is", async () => {
  const { visits, waited } = setup();
  visits.noticed();
  expect(await waited()).toBe(1_000);
  expect(await waited()).toBe(0);

  let more = 1;
  const busy = setup((now) => {
    if (more-- > 0) now.noticed();
  });
  busy.visits.noticed();
  expect(await busy.waited()).toBe(1_500);
});

it("goes on for five seconds after it has waited so long, however many pages are opened", async () => {
  const { visits, waited, pass } = setup((now) => now.noticed());
  visits.noticed();
  expect(await waited()).toBe(5_000);
  pass(4_000);
  visits.noticed();
  expect(await waited()).toBe(0);
  pass(1_000);
  visits.noticed();
  expect(await waited()).toBe(5_000);
});
