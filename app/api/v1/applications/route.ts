import { guarded } from "../../guard.ts";
import { applicationList } from "#server/http/application-list.ts";

export const GET = guarded(
  async (call) => {
    const list = applicationList(call);
    const engine = call.url.searchParams.get("engine");
    const items = engine === null ? list.items : list.items.filter((row) => row.engine === engine);
    return Response.json({ ...list, items });
  },
  { everyCluster: true },
);
