import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { z } from "zod";
import type { Action, ActionRequest, ActionResult } from "#lib/model/action.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { ActionPort } from "#server/http/runtime-interface.ts";
import { createClusterAccess } from "#server/kube/access.ts";
import { credentialsFromKubeconfig } from "#server/kube/credentials.ts";
import { createDiscovery } from "#server/kube/discovery.ts";
import { identify } from "#server/kube/identity.ts";
import { createKubeClient } from "#server/kube/kube-client.ts";
import { createMasker, type Masker } from "#server/kube/redaction/masker.ts";
import type { OpenRecords } from "#server/recorded/open-records.ts";
import { createTools } from "#server/tools/create-tools.ts";
import { LiveClusterView } from "#server/view/cluster-view.ts";
import { createActions } from "../actions.ts";
import type { SourceActionPort } from "../sources/source-actions.ts";
import type { AuditEntry } from "../audit.ts";

const sandboxSchema = z.object({
  binDirectory: z.string(),
  artifactHost: z.string(),
  gitUrl: z.string(),
  registryHost: z.string(),
  argocdServer: z.object({
    url: z.string(),
    tokens: z.object({ reader: z.string(), guest: z.string(), expired: z.string() }),
  }),
  logins: z.array(z.object({ name: z.string(), kubeconfig: z.string() })),
});

/** What tests need to know of the sandbox. */
type Sandbox = z.infer<typeof sandboxSchema>;

/** A person of the sandbox who is logged in, with a view of the cluster and its programs. */
export interface Person {
  readonly sandbox: Sandbox;
  readonly view: LiveClusterView;
  readonly masker: Masker;
  readonly actions: ActionPort & SourceActionPort;
  readonly audit: AuditEntry[];
  run(program: "kubectl" | "helm", ...args: string[]): Promise<string>;
  act(unit: ApplicationRef, action: Action, request?: ActionRequest): Promise<ActionResult>;
}

/**
 * Logs a person of the sandbox in; `DRIFTGLASS_SANDBOX` names its file. The caller closes the view.
 * @param namespaceCandidates where to look for a person who may not list namespaces
 * @param records where releases are recorded, if they are
 * @param token of somebody whom the sandbox does not know, to be in this person's place; programs still run as the person
 */
export async function logIn(
  name: string,
  namespaceCandidates: readonly string[] = [],
  records?: OpenRecords,
  token?: string,
): Promise<Person> {
  const sandbox = sandboxSchema.parse(JSON.parse(await readFile(process.env["DRIFTGLASS_SANDBOX"] ?? "", "utf8")));
  const kubeconfig = sandbox.logins.find((login) => login.name === name)?.kubeconfig ?? "";
  const document = await readFile(kubeconfig, "utf8");
  const credentials = await credentialsFromKubeconfig(
    token === undefined ? document : document.replace(/"token": ".*"/, `"token": "${token}"`),
    { local: true },
  );
  const masker = createMasker(records?.maskKey);
  const client = createKubeClient(credentials, { masker });
  const actor = await identify(client);
  const path = (program: string): string => join(sandbox.binDirectory, program);
  const tools = createTools({
    paths: { helm: path("helm"), flux: path("flux"), kubectl: path("kubectl") },
    searchPath: "",
    maskText: (text) => masker.maskText(text),
  });
  const artifactHosts = [sandbox.artifactHost];
  const options = {
    cluster: "sandbox",
    identity: actor,
    client,
    discovery: createDiscovery(client),
    access: createClusterAccess(client),
    masker,
    tools,
    artifactHosts,
    namespaceCandidates,
    recorder: records?.recorder(masker),
  };
  const view = new LiveClusterView(options);
  await view.start();
  const audit: AuditEntry[] = [];
  const actions = createActions({
    tools,
    masker,
    artifactHosts,
    now: () => new Date().toISOString(),
    audit: (entry) => audit.push(entry),
  });
  return {
    sandbox,
    view,
    masker,
    actions,
    audit,
    run: async (program, ...args) =>
      (await promisify(execFile)(path(program), args, { env: { ...process.env, KUBECONFIG: kubeconfig } })).stdout,
    act: (unit, action, request = {}) => actions.perform({ view, unit, action, request, actor }),
  };
}

/** Ends a hold that a first try of a test may have left, and waits until the engine has gone back. */
export async function withoutHold(person: Person, unit: ApplicationRef): Promise<void> {
  if (person.view.application(unit)?.hold === undefined) return;
  await person.act(unit, "release-hold");
  await until(() => {
    const row = person.view.application(unit);
    const atRest = row?.hold === undefined && row?.operation?.phase !== "Running";
    return atRest && row?.health.status === "Healthy" && row.sync.status === "Synced";
  });
}

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 50_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not within 50 s: ${holds.toString()}`);
    await sleep(100);
  }
}
