import { KubeError } from "#server/kube/client.ts";

/** How often, and after which answers of the API server, something is done again. */
interface RetryOptions {
  readonly attempts?: number;
  readonly statuses?: readonly number[];
}

/**
 * Does something again when somebody else who writes to the same object, such as its controller, was faster. `work` has to begin with what is
 * there now. @throws what the last attempt throws
 */
export async function retryConflicts<T>(
  sleep: (milliseconds: number) => Promise<void>,
  work: () => Promise<T>,
  { attempts = 5, statuses = [409] }: RetryOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof KubeError) || !statuses.includes(error.status) || attempt === attempts) throw error;
      await sleep(50 * attempt);
    }
  }
}
