/**
 * Serves a folder as a Helm repository: index.yaml and chart archives, nothing else.
 *
 * Usage: node chart-server.ts PORT FOLDER
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";

const [port, folder] = process.argv.slice(2);
if (!port || !folder) throw new Error("usage: chart-server.ts PORT FOLDER");
const root = folder;

createServer((request, response) => {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  if (path === "/healthz") return void response.writeHead(200).end("ok");
  const name = /^\/([\w][\w.+-]*)$/.exec(decodeURIComponent(path))?.[1];
  const content = name ? readFile(join(root, name)) : Promise.reject(new Error("not a chart"));
  content.then(
    (body) => {
      const type = name?.endsWith(".yaml") ? "application/yaml" : "application/octet-stream";
      response.writeHead(200, { "content-type": type, "content-length": body.length }).end(body);
      console.log(`${new Date().toISOString()} ${path} 200`);
    },
    () => {
      response.writeHead(404).end("There is no such file.\n");
      console.log(`${new Date().toISOString()} ${path} 404`);
    },
  );
}).listen(Number(port), "127.0.0.1", () => console.log(`chart server listens on 127.0.0.1:${port}`));
