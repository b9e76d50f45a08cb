import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { createAuthenticator } from "./authenticator.ts";
import { CredentialError } from "./credential-error.ts";
import {
  credentialsFromKubeconfig,
  credentialsFromLocal,
  credentialsFromToken,
  readLocalKubeconfig,
} from "./credentials.ts";
import type { KubeconfigOptions } from "./credentials.ts";
import { listContexts } from "./kubeconfig-document.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "credentials-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Parts {
  readonly cluster?: Record<string, unknown>;
  readonly user?: Record<string, unknown>;
  readonly context?: Record<string, unknown>;
  readonly more?: readonly unknown[];
}

function kubeconfig({ cluster = {}, user = { token: "t0ken" }, context = {}, more = [] }: Parts = {}): string {
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "one",
    clusters: [{ name: "prod", cluster: { server: "https://k8s.example:6443/", ...cluster } }],
    users: [{ name: "jane", user }],
    contexts: [{ name: "one", context: { cluster: "prod", user: "jane", ...context } }, ...more],
  });
}

async function failure(yaml: string, options: KubeconfigOptions = {}): Promise<CredentialError> {
  try {
    await credentialsFromKubeconfig(yaml, options);
  } catch (error) {
    if (error instanceof CredentialError) return error;
    throw error;
  }
  throw new Error("it was taken");
}

describe("a token", () => {
  const endpoint = { cluster: "prod", server: "https://k8s.example:6443" };

  it("is taken without what people paste around it", () => {
    expect(credentialsFromToken("  Bearer abc.def\n", endpoint)).toEqual({ ...endpoint, token: "abc.def" });
  });

  it.each(["", "  ", "a b", "a\nb", "tökn"])("%j is none", (token) => {
    expect(() => credentialsFromToken(token, endpoint)).toThrow(CredentialError);
  });
});

describe("a kubeconfig", () => {
  it("gives server, token, namespace and impersonation of its context", async () => {
    const credentials = await credentialsFromKubeconfig(
      kubeconfig({
        cluster: { "tls-server-name": "api" },
        user: { token: "t0ken", as: "root", "as-groups": ["g"] },
        context: { namespace: "team-a" },
      }),
    );
    expect(credentials).toEqual({
      cluster: "prod",
      server: "https://k8s.example:6443",
      tlsServerName: "api",
      token: "t0ken",
      impersonate: { user: "root", groups: ["g"] },
      namespace: "team-a",
    });
  });

  it("asks which context is meant when it has several", async () => {
    const several = kubeconfig({ more: [{ name: "two", context: { cluster: "prod", user: "jane" } }] });
    expect(await failure(several)).toMatchObject({ code: "context-required", contexts: ["one", "two"] });
    expect((await credentialsFromKubeconfig(several, { context: "two" })).token).toBe("t0ken");
    expect(await failure(several, { context: "three" })).toMatchObject({
      code: "unknown-context",
      contexts: ["one", "two"],
    });
    expect(listContexts(several)).toEqual([
      { name: "one", cluster: "prod", current: true },
      { name: "two", cluster: "prod", current: false },
    ]);
  });

  it.each([
    ["broken YAML", "a: [1\nb: {", "invalid-kubeconfig"],
    ["a text", "hello", "invalid-kubeconfig"],
    ["nothing", "", "invalid-kubeconfig"],
    ["no contexts", "apiVersion: v1\nkind: Config\n", "invalid-kubeconfig"],
    ["contexts that are no list", "contexts: 5\n", "invalid-kubeconfig"],
    ["a missing user", kubeconfig({ context: { user: "joe" } }), "incomplete-context"],
    ["a missing cluster", kubeconfig({ context: { cluster: "dev" } }), "incomplete-context"],
    ["a cluster without server", kubeconfig({ cluster: { server: "" } }), "incomplete-context"],
    ["a user without credentials", kubeconfig({ user: {} }), "no-credentials"],
    ["a password", kubeconfig({ user: { username: "u", password: "p" } }), "no-credentials"],
    ["plain http", kubeconfig({ cluster: { server: "http://k8s.example" } }), "invalid-server"],
    ["another scheme", kubeconfig({ cluster: { server: "file:///etc/passwd" } }), "invalid-server"],
    ["a password in its server", kubeconfig({ cluster: { server: "https://u:p@k8s.example" } }), "invalid-server"],
    ["a broken CA", kubeconfig({ cluster: { "certificate-authority-data": "bm8=" } }), "invalid-certificate"],
    ["a certificate without key", kubeconfig({ user: { "client-certificate-data": "bm8=" } }), "invalid-certificate"],
  ])("with %s is refused with %s", async (_, yaml, code) => {
    expect(await failure(yaml)).toMatchObject({ code });
  });

  it.each([
    ["exec", { user: { exec: { command: "aws", apiVersion: "client.authentication.k8s.io/v1" } } }],
    ["auth-provider", { user: { "auth-provider": { name: "oidc" } } }],
    ["tokenFile", { user: { tokenFile: "/etc/hostname" } }],
    ["token-file", { user: { "token-file": "/etc/hostname" } }],
    ["client-certificate", { user: { token: "t", "client-certificate": "/etc/hostname" } }],
    ["client-key", { user: { token: "t", "client-key": "/etc/hostname" } }],
    ["certificate-authority", { cluster: { "certificate-authority": "/etc/hostname" } }],
    ["proxy-url", { cluster: { "proxy-url": "http://proxy.example" } }],
  ])("with %s is refused by a shared Driftglass, and the message names it", async (field, parts) => {
    const error = await failure(kubeconfig(parts));
    expect(error.code).toBe("not-allowed");
    expect(error.message).toContain(field);
  });

  it("never shows what it holds in an error", async () => {
    for (const yaml of [
      "token: s3cret-value\n  x: [",
      kubeconfig({ user: { token: "s3cret value" } }),
      "contexts: s3cret-value",
    ]) {
      const error = await failure(yaml);
      expect(`${error.message} ${error.hint}`).not.toContain("s3cret");
    }
  });

  it("is refused when it acts as groups without a user, instead of with all its own rights", async () => {
    expect(await failure(kubeconfig({ user: { token: "t", "as-groups": ["viewers"] } }))).toMatchObject({
      code: "not-allowed",
    });
  });

  it("is refused when its server is not allowed", async () => {
    expect(await failure(kubeconfig(), { allowServer: ({ hostname }) => hostname !== "k8s.example" })).toMatchObject({
      code: "invalid-server",
    });
  });

  it("survives an alias bomb", async () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f", "g"]
      .map(
        (key, index) =>
          `${key}: &${key} [${Array(10)
            .fill(`*${"abcdef"[index] ?? ""}`)
            .join(",")}]`,
      )
      .join("\n")}\n`;
    expect(await failure(bomb)).toMatchObject({ code: "invalid-kubeconfig" });
  });
});

describe("a local kubeconfig", () => {
  it("may name files, relative to its own folder, and the first file of a list wins", async () => {
    await writeFile(join(folder, "token"), "from-file\n");
    await writeFile(join(folder, "a"), kubeconfig({ user: { tokenFile: "token" } }));
    await writeFile(
      join(folder, "b"),
      kubeconfig({ user: { token: "other" }, more: [{ name: "two", context: { cluster: "prod", user: "jane" } }] }),
    );
    const document = await readLocalKubeconfig([join(folder, "missing"), join(folder, "a"), join(folder, "b")]);
    const credentials = await credentialsFromLocal(document, "two");
    expect(credentials.token).toBeUndefined();
    expect(await createAuthenticator(credentials).current()).toEqual({ token: "from-file" });
  });

  it("may get its token from a plugin, which is run again after a 401 only", async () => {
    const script = join(folder, "plugin.sh");
    const counter = join(folder, "count");
    await writeFile(counter, "");
    await writeFile(
      script,
      `#!/bin/sh\nprintf x >> ${counter}\necho '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"tok-'$(wc -c < ${counter} | tr -d ' ')'"}}'\n`,
    );
    execFileSync("chmod", ["+x", script]);
    await writeFile(
      join(folder, "exec"),
      kubeconfig({ user: { exec: { apiVersion: "client.authentication.k8s.io/v1", command: script } } }),
    );
    const authenticator = createAuthenticator(
      await credentialsFromLocal(await readLocalKubeconfig([join(folder, "exec")]), "one"),
    );
    const first = await authenticator.current();
    expect([first, await authenticator.current()]).toEqual([{ token: "tok-1" }, { token: "tok-1" }]);
    // Two requests were refused at once: the program is run once more, not twice.
    expect([authenticator.renew(first), authenticator.renew(first)]).toEqual([true, true]);
    expect(await authenticator.current()).toEqual({ token: "tok-2" });
    expect(authenticator.renew(first)).toBe(true);
    expect(await authenticator.current()).toEqual({ token: "tok-2" });
  });

  it("says that a plugin failed without what the plugin printed", async () => {
    await writeFile(
      join(folder, "failing"),
      kubeconfig({
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1",
            command: "sh",
            args: ["-c", "echo s3cret >&2; exit 1"],
          },
        },
      }),
    );
    const authenticator = createAuthenticator(
      await credentialsFromLocal(await readLocalKubeconfig([join(folder, "failing")]), "one"),
    );
    await expect(authenticator.current()).rejects.toMatchObject({
      code: "plugin-failed",
      message: expect.not.stringContaining("s3cret") as unknown,
    });
  });

  it("may use plain http", async () => {
    expect(
      (await credentialsFromKubeconfig(kubeconfig({ cluster: { server: "http://127.0.0.1:8080" } }), { local: true }))
        .server,
    ).toBe("http://127.0.0.1:8080");
  });
});
