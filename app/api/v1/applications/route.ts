import { guarded } from "../../guard.ts";
import type { ApplicationTable } from "#lib/api/application-contract.ts";
import { applicationList, applicationTable } from "#server/http/application-list.ts";

export const GET = guarded(
  async (call) => {
    const list = applicationList(call);
    const engine = call.url.searchParams.get("engine");
    const items = engine === null ? list.items : list.items.filter((row) => row.engine === engine);
    if (call.url.searchParams.get("format") !== "table") return Response.json({ ...list, items });
    // This is how a page asks; programs that ask again and again keep nobody from going on.
    call.runtime.visits.noticed();
    const { items: _, ...rest } = list;
    const answer: ApplicationTable = { ...rest, table: applicationTable(items) };
    return Response.json(answer);
  },
  { everyCluster: true },
);
