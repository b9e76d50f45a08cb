/**
 * The kubelet's log endpoint, which the API server calls for `kubectl logs`: no container runs here, so the
 * log is told from the pod's state. Every pod has its own, and a crash-looping one tells why it crashed.
 *
 * Usage: node pod-logs.ts PORT KEY-FOLDER API-SERVER-URL
 */
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { join } from "node:path";

import { KubeClient } from "../cluster/kube-client.ts";
import { NoLogError, podLog, podSchema, printLog, type LogOptions, type PodForLog } from "./pod-log.ts";

const [port, keys, apiServerUrl] = process.argv.slice(2);
if (!port || !keys || !apiServerUrl) throw new Error("usage: pod-logs.ts PORT KEY-FOLDER API-SERVER-URL");

const [ca, cert, key] = await Promise.all(["ca.crt", "kwok.crt", "kwok.key"].map((name) => readFile(join(keys, name))));
if (!ca || !cert || !key) throw new Error("the keys are missing");
const client = await KubeClient.open(apiServerUrl, keys);

// Only the API server may read logs, as with a kubelet: it alone has a certificate for that.
const server = createServer({ ca, cert, key, requestCert: true, rejectUnauthorized: true }, (request, response) => {
  answer(request, response).catch((error: unknown) => {
    const refused = error instanceof NoLogError;
    if (!refused) console.error(error);
    if (!response.headersSent) response.writeHead(refused ? 400 : 500);
    response.end(error instanceof Error ? error.message : "failed");
  });
});
server.listen(Number(port), "127.0.0.1", () => console.log(`pod-logs listens on 127.0.0.1:${port}`));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "https://localhost");
  const [, route, namespace = "", name = "", container = ""] = url.pathname.split("/").map(decodeURIComponent);
  if (route !== "containerLogs") return void response.writeHead(404).end("Only logs are to be had here.");
  const readPod = async (): Promise<PodForLog> =>
    podSchema.parse(await client.send("GET", `/api/v1/namespaces/${namespace}/pods/${name}`));
  const begun = new Date();
  const text = printLog(podLog(await readPod(), container, begun), readOptions(url.searchParams, begun));
  response.writeHead(200, { "content-type": "text/plain" });
  response.write(text);
  if (url.searchParams.get("follow") !== "true") return void response.end();
  follow(
    response,
    begun,
    async () => podLog(await readPod(), container, new Date()),
    readOptions(url.searchParams, begun),
  );
}

/** Keeps sending what is written after `begun`, until the reader or the pod goes. */
function follow(
  response: ServerResponse,
  begun: Date,
  read: () => Promise<readonly { time: Date; text: string }[]>,
  options: LogOptions,
): void {
  let last = begun;
  const sendFresh = async (): Promise<void> => {
    const fresh = (await read()).filter(({ time }) => time > last);
    last = fresh.at(-1)?.time ?? last;
    response.write(printLog(fresh, { timestamps: options.timestamps }));
  };
  const timer = setInterval(() => {
    sendFresh().catch(() => response.end());
  }, 1000);
  response.on("close", () => clearInterval(timer));
}

function readOptions(query: URLSearchParams, now: Date): LogOptions {
  const tail = query.get("tailLines");
  const seconds = query.get("sinceSeconds");
  const time = query.get("sinceTime");
  const since = time ? new Date(time) : seconds ? new Date(now.getTime() - Number(seconds) * 1000) : undefined;
  return {
    timestamps: query.get("timestamps") === "true",
    ...(tail === null ? {} : { tailLines: Number(tail) }),
    ...(since ? { sinceTime: since } : {}),
  };
}
