import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SandboxContext } from "../../sandbox/context.ts";
import { buildDashboard, oidcEnvironment, startDashboard, type Dashboard } from "../../sandbox/dashboard.ts";
import type { Scene } from "./scene.ts";

type Server = NonNullable<Scene["server"]>;

/** Dashboards on a sandbox that are set up for single sign-on, each started when a scene first asks for it. */
export class LoginDashboards {
  readonly #sandbox: SandboxContext;
  readonly #log: string;
  readonly #folder = mkdtempSync(join(tmpdir(), "driftglass-pictures-"));
  readonly #started = new Map<Server, Promise<Dashboard>>();

  /** @param log where their output goes */
  constructor(sandbox: SandboxContext, log: string) {
    this.#sandbox = sandbox;
    this.#log = log;
  }

  /** Where the dashboard for this way to log in answers. */
  async url(server: Server): Promise<string> {
    const known = this.#started.get(server);
    if (known) return (await known).url;
    // They answer within a minute only when nothing has to be built first.
    buildDashboard();
    const environment = server === "oidc" ? this.#oidc() : this.#proxy();
    const starting = startDashboard(this.#sandbox, this.#log, undefined, environment);
    this.#started.set(server, starting);
    return (await starting).url;
  }

  /** Ends those that were started. */
  async stop(): Promise<void> {
    for (const each of await Promise.allSettled(this.#started.values()))
      if (each.status === "fulfilled") await each.value.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #oidc(): Record<string, string> {
    return oidcEnvironment(this.#sandbox.stateDirectory, this.#sandbox.oidcIssuer ?? "");
  }

  #proxy(): Record<string, string> {
    const admin = this.#sandbox.logins.find(({ name }) => name === "admin");
    return {
      DRIFTGLASS_MODE: "hosted",
      DRIFTGLASS_CLUSTERS: admin?.kubeconfig ?? "",
      DRIFTGLASS_PROXY_USER_HEADER: "X-Forwarded-User",
      DRIFTGLASS_PROXY_SECRET_FILE: this.#keep("secret", "for-pictures-alone"),
      DRIFTGLASS_PROXY_TOKEN_FILE: this.#keep("token", admin?.token ?? ""),
    };
  }

  #keep(name: string, text: string): string {
    const path = join(this.#folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  }
}
