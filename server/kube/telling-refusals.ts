import { KubeError, type KubeClient } from "./client.ts";

/** The same client, which tells of each answer 403: this person may have lost a right. */
export function tellingRefusals(client: KubeClient, onRefused: () => void): KubeClient {
  const told = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked;
    } catch (fault) {
      if (fault instanceof KubeError && fault.status === 403) onRefused();
      throw fault;
    }
  };
  return {
    ...client,
    request: (request) => told(client.request(request)),
    stream: (request) => told(client.stream(request)),
  };
}
