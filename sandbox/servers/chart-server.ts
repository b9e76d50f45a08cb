/**
 * Serves a folder as a Helm repository: index.yaml and chart archives, nothing else.
 *
 * Usage: node chart-server.ts PORT FOLDER
 */
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { join } from "node:path";

const [port, folder] = process.argv.slice(2);
if (!port || !folder) throw new Error("usage: chart-server.ts PORT FOLDER");
const root = folder;

createServer((request, response) => {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  answer(path, response).catch(() => {
    response.writeHead(404).end("There is no such file.\n");
  });
  response.on("close", () => console.log(`${new Date().toISOString()} ${path} ${response.statusCode}`));
}).listen(Number(port), "127.0.0.1", () => console.log(`chart server listens on 127.0.0.1:${port}`));

async function answer(path: string, response: ServerResponse): Promise<void> {
  if (path === "/healthz") {
    response.writeHead(200).end("ok");
    return;
  }
  const name = /^\/(\w[\w.+-]*)$/.exec(decodeURIComponent(path))?.[1];
  if (!name) throw new Error("not the name of a chart");
  const body = await readFile(join(root, name));
  const type = name.endsWith(".yaml") ? "application/yaml" : "application/octet-stream";
  response.writeHead(200, { "content-type": type, "content-length": body.length }).end(body);
}
