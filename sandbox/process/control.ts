import type { IncomingMessage, Server, ServerResponse } from "node:http";

import { componentActions, type ComponentAction } from "./component-set.ts";

/** What the supervisor does when asked. */
export interface ControlHandlers {
  readonly act: (component: string, action: ComponentAction) => Promise<void>;
  readonly down: () => Promise<void>;
}

/**
 * Lets the supervisor's loopback server answer `POST /down` and `POST /components/NAME/ACTION`. Requests carry
 * the token of sandbox.json, which only the sandbox's owner can read.
 */
export function serveControl(server: Server, token: string, handlers: ControlHandlers): void {
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const finish = (status: number, text: string): void => void response.writeHead(status).end(text);
    if (request.headers.authorization !== `Bearer ${token}`) return finish(401, "wrong token");
    if (request.method !== "POST") return finish(405, "only POST");
    const [, first, name, action] = (request.url ?? "").split("/").map(decodeURIComponent);
    if (first === "down") {
      finish(202, "going down");
      return void handlers.down();
    }
    const known = componentActions.find((one) => one === action);
    if (first !== "components" || !name || !known) return finish(404, "no such action");
    handlers.act(name, known).then(
      () => finish(200, "done"),
      (error: unknown) => finish(409, error instanceof Error ? error.message : String(error)),
    );
  });
}

/** Sends one request to a supervisor; throws with its answer when it refuses, or when nobody is there. */
export async function askSupervisor(supervisor: { url: string; token: string }, path: string): Promise<void> {
  const response = await fetch(`${supervisor.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${supervisor.token}` },
  });
  if (!response.ok) throw new Error(await response.text());
}
