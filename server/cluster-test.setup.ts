import { afterEach } from "vitest";

declare module "vitest" {
  interface TaskMeta {
    /** The test failed at first and was run again. */
    secondTry?: boolean;
  }
}

afterEach(({ task }) => {
  if ((task.result?.retryCount ?? 0) > 0) task.meta.secondTry = true;
});
