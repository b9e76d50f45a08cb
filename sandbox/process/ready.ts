import { get } from "node:http";
import { get as getSecurely } from "node:https";
import { connect } from "node:net";

/** Whether a GET is answered with a 2xx status. Certificates aren't checked: only presence is asked for. */
export function answersHttp(url: string): () => Promise<boolean> {
  return () =>
    new Promise((resolve) => {
      const options = { timeout: 2000, agent: false as const };
      const request = url.startsWith("https:")
        ? getSecurely(url, { ...options, rejectUnauthorized: false })
        : get(url, options);
      request.on("response", (response) => {
        response.resume();
        resolve((response.statusCode ?? 500) < 300);
      });
      request.on("timeout", () => request.destroy());
      request.on("error", () => resolve(false));
    });
}

/** Whether something accepts connections at a port of 127.0.0.1. */
export function acceptsConnections(port: number): () => Promise<boolean> {
  return () =>
    new Promise((resolve) => {
      const socket = connect({ port, host: "127.0.0.1", timeout: 2000 });
      const answer = (value: boolean) => (): void => {
        socket.destroy();
        resolve(value);
      };
      socket.once("connect", answer(true)).once("error", answer(false)).once("timeout", answer(false));
    });
}
