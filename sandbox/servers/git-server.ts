/**
 * Git over HTTP: `git http-backend` behind node:http. Repositories come into being with the first push or
 * clone, as people expect from a scratch server.
 *
 * Usage: node git-server.ts PORT FOLDER
 */
import { execFile, spawn } from "node:child_process";
import { access, mkdir } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";

const [port, folder] = process.argv.slice(2);
if (!port || !folder) throw new Error("usage: git-server.ts PORT FOLDER");
const root = folder;
const created = new Map<string, Promise<void>>();

createServer((request, response) => {
  handle(request, response).catch((error: unknown) => {
    console.error(error);
    response.writeHead(500).end();
  });
}).listen(Number(port), "127.0.0.1", () => console.log(`git server listens on 127.0.0.1:${port}`));

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (url.pathname === "/healthz") {
    response.writeHead(200).end("ok");
    return;
  }
  const repository = /^\/([\w-][\w.-]*)\.git\//.exec(url.pathname)?.[1];
  if (!repository) {
    response.writeHead(404).end("No repository of that name: use /NAME.git\n");
    return;
  }
  const pending = created.get(repository) ?? createRepository(join(root, `${repository}.git`));
  created.set(repository, pending);
  await pending;
  const started = Date.now();
  response.on("close", () => {
    console.log(
      `${new Date().toISOString()} ${request.method} ${request.url} ${response.statusCode} ${Date.now() - started}ms`,
    );
  });
  runBackend(request, response, url);
}

async function createRepository(path: string): Promise<void> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (exists) return;
  await mkdir(path, { recursive: true });
  const git = promisify(execFile);
  await git("git", ["init", "-q", "--bare", "--initial-branch=main", path]);
  await git("git", ["-C", path, "config", "http.receivepack", "true"]);
}

function runBackend(request: IncomingMessage, response: ServerResponse, url: URL): void {
  const header = (name: string): string => String(request.headers[name] ?? "");
  const backend = spawn("git", ["http-backend"], {
    env: {
      NODE_ENV: process.env.NODE_ENV,
      PATH: process.env["PATH"],
      HOME: root,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_NOSYSTEM: "1",
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: header("content-type"),
      CONTENT_LENGTH: header("content-length"),
      HTTP_CONTENT_ENCODING: header("content-encoding"),
      GIT_PROTOCOL: header("git-protocol"),
      REMOTE_USER: "sandbox",
      REMOTE_ADDR: "127.0.0.1",
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  request.pipe(backend.stdin);
  backend.stdin.on("error", () => undefined);
  response.on("close", () => backend.kill());
  let head = Buffer.alloc(0);
  const onHead = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return;
    backend.stdout.off("data", onHead);
    let status = 200;
    for (const line of head.subarray(0, end).toString("latin1").split("\r\n")) {
      const [name = "", value = ""] = line.split(/: (.*)/s);
      if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.writeHead(status);
    response.write(head.subarray(end + 4));
    backend.stdout.pipe(response);
  };
  backend.stdout.on("data", onHead);
  backend.on("error", () => response.writeHead(500).end());
  backend.on("close", () => {
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
}
