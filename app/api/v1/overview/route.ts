import { guarded } from "../../guard.ts";
import { overviewAnswer } from "#server/activity/answers.ts";

export const GET = guarded(async ({ view, runtime }) =>
  Response.json(overviewAnswer(await runtime.activity.read(view), runtime.clock.now())),
);
