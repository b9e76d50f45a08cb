import { QueryClient } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import { EventLog } from "./event-log.ts";
import { sourcesTouched } from "./events.ts";
import { takeEvent } from "./live.ts";
import { application } from "../model/application.fixture.ts";
import type { ApplicationList } from "./application-contract.ts";
import { applicationsQuery, scopeKey, sourcesKey, unitKey } from "./queries.ts";

const scope = { cluster: "one", epoch: "jane" };
const other = { cluster: "two", epoch: "jane" };

it("has fetched again what an event touches, and nothing else, in one look through the cache", () => {
  const queries = new QueryClient();
  const keys = {
    web: [...unitKey(scope, "helm/a/web"), "detail"],
    history: [...unitKey(scope, "helm/a/web"), "history"],
    api: [...unitKey(scope, "helm/a/api"), "detail"],
    elsewhere: [...unitKey(other, "helm/a/web"), "detail"],
    sources: sourcesKey(scope),
    automation: [...scopeKey(scope), "automation"],
  };
  for (const key of Object.values(keys)) queries.setQueryData(key, {});
  const stale = () =>
    Object.entries(keys).flatMap(([name, key]) => (queries.getQueryState(key)?.isInvalidated === true ? [name] : []));
  const looks = vi.spyOn(queries.getQueryCache(), "findAll");
  const many = Array.from({ length: 500 }, (_, index) => `helm/b/${index}`);
  takeEvent(queries, scope, new EventLog(), { v: 1, type: "touched", sequence: 1, keys: [...many, "helm/a/web"] });
  expect(stale()).toEqual(["web", "history"]);
  expect(looks.mock.calls.length).toBeLessThan(5);
  takeEvent(queries, scope, new EventLog(), { v: 1, type: "touched", sequence: 2, keys: [sourcesTouched] });
  expect(stale()).toEqual(["web", "history", "sources"]);
});

it("keeps the rows that an event does not change as they are, and of a list that is fetched again those that are equal", async () => {
  const queries = new QueryClient();
  const log = new EventLog();
  const options = applicationsQuery(scope, log);
  const list = (): ApplicationList => ({
    items: [application("a"), application("b")],
    sequence: 1,
    instance: "i",
    connection: { state: "live", since: "t" },
    limits: [],
  });
  await queries.fetchQuery({ ...options, queryFn: list });
  const [a, b] = queries.getQueryData(options.queryKey)?.items ?? [];
  const upserts = [application("b", { suspended: true })];
  takeEvent(queries, scope, log, { v: 1, type: "applications", sequence: 2, upserts, removes: [] });
  const after = queries.getQueryData(options.queryKey)?.items ?? [];
  expect(after[0]).toBe(a);
  expect(after[1]).toBe(upserts[0]);
  queries.setQueryData(options.queryKey, list());
  const again = queries.getQueryData(options.queryKey)?.items ?? [];
  expect(again[0]).toBe(a);
  expect(again[1]).toEqual(b);
});
