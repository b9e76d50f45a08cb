import { expect, it } from "vitest";
import { application } from "../model/application.fixture.ts";
import type { ApplicationList } from "./application-contract.ts";
import { mergeLists } from "./merged-list.ts";

const list = (cluster: string, sequence: number, state: "live" | "catching-up"): ApplicationList => ({
  items: [application("shop", { cluster })],
  sequence,
  instance: `${cluster}-1`,
  connection: { state, since: "t" },
  limits: [],
});

it("the lists of several clusters are one, in which equal names stand beside each other", () => {
  const [east, west] = [list("east", 4, "live"), list("west", 9, "live")];
  const merged = mergeLists([
    { cluster: "east", list: east },
    { cluster: "west", list: west },
  ]);
  expect(merged.items.map(({ cluster, name }) => [cluster, name])).toEqual([
    ["east", "shop"],
    ["west", "shop"],
  ]);
  expect(merged.items[0]).toBe(east.items[0]);
  expect([merged.sequence, merged.connection.state]).toEqual([13, "live"]);
});

it("the whole is as well connected as the worst of its parts, and has the rows of the others", () => {
  const down = { state: "disconnected", since: "u", message: "refused" } as const;
  const merged = mergeLists([
    { cluster: "east", list: list("east", 4, "catching-up") },
    { cluster: "west", connection: down },
  ]);
  expect(merged.connection).toEqual(down);
  expect(merged.items).toHaveLength(1);
  expect(merged.clusters.map(({ cluster, connection }) => [cluster, connection.state])).toEqual([
    ["east", "catching-up"],
    ["west", "disconnected"],
  ]);
});
