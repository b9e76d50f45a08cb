import { guarded } from "../../guard.ts";
import { activityAnswer } from "#server/activity/answers.ts";
import { activityQuery } from "#server/activity/activity-query.ts";

export const GET = guarded(async ({ view, runtime, url }) =>
  Response.json(activityAnswer(await runtime.activity.read(view), activityQuery(url.searchParams))),
);
