import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Path of a Chromium for the tests: one that is installed, else Debian's package, else the one that Playwright downloads (then
 * undefined: Playwright finds it by itself).
 *
 * @throws Error that says how to get one
 */
export function findBrowser(report: (line: string) => void): string | undefined {
  const found = process.env["DRIFTGLASS_CHROMIUM"] ?? onPath();
  if (found) return found;
  if (process.getuid?.() === 0 && has("apt-get")) {
    report("Installing Chromium (apt-get install chromium)…");
    const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore", env: environment });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"], {
      stdio: "ignore",
      env: environment,
    });
    const installed = onPath();
    if (installed) return installed;
  }
  report("Downloading Chromium (playwright install chromium)…");
  const download = spawnSync("playwright", ["install", "chromium"], { stdio: ["ignore", 2, 2] });
  if (download.status === 0) return undefined;
  throw new Error(
    "The tests need Chromium: install it (on Debian: apt-get install chromium), or set DRIFTGLASS_CHROMIUM to its path.",
  );
}

function onPath(): string | undefined {
  return names.map(find).find((path) => path !== undefined);
}

function has(program: string): boolean {
  return find(program) !== undefined;
}

function find(program: string): string | undefined {
  for (const directory of (process.env["PATH"] ?? "").split(delimiter)) {
    const path = join(directory, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  return undefined;
}
