import { spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { smallHeap } from "./tools/heap-growth.ts";
import { stopChild } from "./tools/stop-child.ts";

/**
 * `npm start`: builds the production server when its sources have changed, and runs it on the loopback against the kubeconfig of whoever
 * started it. `PORT` picks the port (3000, or the next free one), `DRIFTGLASS_HOST` another address than the loopback (put TLS in front of it).
 */
const root = resolve(import.meta.dirname, "..");
const standalone = join(root, ".next", "standalone");
const stampFile = join(root, ".next", "driftglass-sources");

/**
 * V8 lets its heap grow to twice what is alive before it cleans up, and gives 48 MiB to what was just made. A list of 20,000 objects is read once and then changes little:
 * cleaning up more often, and moving together what is left each time, costs some CPU and keeps a third less in memory (docs/performance.md). The container image has the same.
 */
const memoryFlags = ["--max-semi-space-size=4", ...smallHeap];

/** glibc gives each thread memory of its own and keeps what was freed: what answers and compression need for a moment would stay. Other libraries don't know these. */
const memoryEnvironment = { MALLOC_ARENA_MAX: "1", MALLOC_TRIM_THRESHOLD_: "65536" };

/** Files among the sources that make no other build: the build itself writes the first one. */
const unread = /^next-env\.d\.ts$|\.test\.tsx?$/;

const stamp = sourceStamp();
if (!existsSync(join(standalone, "server.js")) || !existsSync(stampFile) || readFileSync(stampFile, "utf8") !== stamp) {
  console.error("Building Driftglass, about half a minute…");
  const build = spawnSync(process.execPath, [join(root, "node_modules", "next", "dist", "bin", "next"), "build"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (build.status !== 0) throw new Error("The build failed; its messages are above.");
  // The standalone folder leaves static files to a CDN; here the server serves them itself.
  await cp(join(root, ".next", "static"), join(standalone, ".next", "static"), { recursive: true });
  await cp(join(root, "public"), join(standalone, "public"), { recursive: true });
  writeFileSync(stampFile, stamp);
}
if (!process.argv.includes("--build-only")) await serve();

async function serve(): Promise<void> {
  const wanted = Number(process.env["PORT"] ?? 3000);
  const port = process.env["PORT"] === undefined ? await freePort(wanted) : wanted;
  const host = process.env["DRIFTGLASS_HOST"] ?? "127.0.0.1";
  // Known here, so that the first link stands where people look for the address; see docs/login.md.
  const launch = process.env["DRIFTGLASS_LAUNCH_TOKEN"] ?? randomBytes(24).toString("base64url");
  const child = spawn(process.execPath, [...memoryFlags, join(standalone, "server.js")], {
    cwd: standalone,
    stdio: "inherit",
    env: {
      ...memoryEnvironment,
      ...process.env,
      NODE_ENV: "production",
      PORT: String(port),
      HOSTNAME: host,
      DRIFTGLASS_LAUNCH_TOKEN: launch,
    },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopChild(child));
  child.on("exit", (code) => (process.exitCode = code ?? 0));
  const { DRIFTGLASS_MODE: mode, DRIFTGLASS_LAUNCH: link, KUBERNETES_SERVICE_HOST: cluster } = process.env;
  const linked = link !== "off" && (mode ?? (cluster === undefined ? "local" : "hosted")) === "local";
  const path = linked ? `/api/v1/launch?token=${launch}` : "";
  if (process.env["DRIFTGLASS_QUIET"] === undefined) console.log(`\nDriftglass: http://${host}:${port}${path}\n`);
}

/** The first free port from this one on. */
async function freePort(from: number): Promise<number> {
  for (let port = from; port < from + 100; port += 1) if (await isFree(port)) return port;
  throw new Error(`No port from ${from} to ${from + 99} is free: set PORT.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(false));
    server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
  });
}

/** A hash of everything that the build reads. */
function sourceStamp(): string {
  const hash = createHash("sha256");
  const files = globSync(
    [
      "{app,components,lib,server}/**/*.{ts,tsx,css}",
      "public/**/*.*",
      "*.{ts,js}",
      "package.json",
      "package-lock.json",
      "tsconfig.json",
    ],
    // Written by the build itself: with it, a fresh clone would be built twice.
    { cwd: root, exclude: ["next-env.d.ts"] },
  );
  for (const file of files.filter((each) => !unread.test(each)).toSorted())
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)))
      .update("\0");
  return hash.digest("hex");
}
