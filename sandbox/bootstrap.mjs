// Runs a TypeScript entry point of the project on a machine that has Node 20 or newer and nothing else: installs the packages when they
// are missing or out of date, then goes on in the Node of the project's own `node` package. Plain JavaScript, because Node 20 reads no TypeScript.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const node = join(bin, process.platform === "win32" ? "node.cmd" : "node");
const marker = join(root, "node_modules", ".driftglass-lock");
const [entry, ...args] = process.argv.slice(2);

const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 20) fail(`Driftglass needs Node 20 or newer; this is ${process.version}.`);
if (entry === undefined) fail("usage: node sandbox/bootstrap.mjs ENTRY.ts [arguments]");

const lock = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");
if (!existsSync(node) || !existsSync(marker) || readFileSync(marker, "utf8") !== lock) {
  console.error("Installing packages (npm install), about half a minute…");
  const npm = process.env.npm_execpath;
  const [program, first] = npm ? [process.execPath, [npm]] : ["npm", []];
  // Not `npm ci`: it refuses a lock file that lacks other platforms' binaries, as one is that was made behind a registry which has only some of
  // them. What the lock file names is installed as it says, and `--no-save` leaves the file alone.
  const install = spawnSync(
    program,
    [...first, "install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"],
    { cwd: root, stdio: ["ignore", 2, 2] },
  );
  if (install.status !== 0)
    fail("npm install failed; its messages are above. Check the network and the registry, then run the command again.");
  writeFileSync(marker, lock);
}

const child = spawn(node, [resolve(root, entry), ...args], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`, NEXT_TELEMETRY_DISABLED: "1" },
});
// The terminal sends Ctrl-C to the child as well: it ends by itself, and we only wait for it.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => child.kill("SIGTERM"));
process.on("SIGHUP", () => child.kill("SIGHUP"));
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 143);
});

function fail(message) {
  console.error(message);
  process.exit(1);
}
