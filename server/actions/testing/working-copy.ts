import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Person } from "./person.ts";

const run = promisify(execFile);

/** A test's own repository on the sandbox's Git server, with its branch `main` checked out. */
export class WorkingCopy {
  readonly folder: string;
  /** Where Flux and Argo CD find the repository. */
  readonly url: string;

  /** Begins anew; what stands in a repository of that name is replaced by the first push. */
  static async open({ sandbox }: Person, name: string): Promise<WorkingCopy> {
    const copy = new WorkingCopy(await mkdtemp(join(tmpdir(), `driftglass-${name}-`)), `${sandbox.gitUrl}/${name}.git`);
    await copy.#git("init", "--quiet", "--initial-branch=main");
    return copy;
  }

  private constructor(folder: string, url: string) {
    this.folder = folder;
    this.url = url;
  }

  /** Commits files (null removes one) and pushes them; answers the commit. */
  async push(changed: Readonly<Record<string, string | null>>): Promise<string> {
    for (const [name, content] of Object.entries(changed)) {
      const file = join(this.folder, name);
      await mkdir(dirname(file), { recursive: true });
      await (content === null ? rm(file, { force: true }) : writeFile(file, content));
    }
    await this.#git("add", "--all");
    // A second try of a test may say what the first one has said.
    await this.#git("commit", "--quiet", "--allow-empty", "--message", "A change");
    await this.#git("push", "--quiet", "--force", this.url, "HEAD:main");
    return await this.#git("rev-parse", "HEAD");
  }

  /** Leaves nothing on this machine; the repository stays. */
  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  async #git(...args: string[]): Promise<string> {
    const author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
    return (await run("git", [...author, ...args], { cwd: this.folder })).stdout.trim();
  }
}
