import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { ApiResource } from "./api-resource.ts";
import type { KubeClient } from "./client.ts";
import { credentialsFromKubeconfig } from "./credentials.ts";
import type { ClusterCredentials } from "./credentials.ts";
import { createKubeClient } from "./kube-client.ts";
import { ObjectStore } from "./object-store.ts";
import { createMasker } from "./redaction/masker.ts";
import { Reflector } from "./reflector.ts";
import type { ReflectorOptions } from "./reflector-options.ts";

const sandboxSchema = z.object({
  name: z.string(),
  apiServerUrl: z.string(),
  logins: z.array(z.object({ name: z.string(), kubeconfig: z.string() })),
});

/** For `expect.poll`: how long the cluster may take. */
export const within = { timeout: 30_000, interval: 50 };

/** A reflector of a test, and what it brought. */
export interface Following {
  readonly store: ObjectStore;
  readonly states: string[];
  readonly reflector: Reflector;
}

/**
 * Tests' hold on a running sandbox (a real control plane); DRIFTGLASS_SANDBOX is the path of its sandbox.json. It has a namespace of
 * its own, which goes with `close`, like all clients and reflectors.
 */
export class ClusterFixture {
  readonly masker = createMasker();
  readonly namespace = `kube-${process.pid}-${Date.now().toString(36)}`;
  readonly sandbox: z.infer<typeof sandboxSchema>;
  readonly #clients: KubeClient[] = [];
  readonly #reflectors: Reflector[] = [];
  #admin: KubeClient | undefined;

  static async open(): Promise<ClusterFixture> {
    const path = process.env["DRIFTGLASS_SANDBOX"] ?? "";
    const fixture = new ClusterFixture(sandboxSchema.parse(JSON.parse(await readFile(path, "utf8"))));
    fixture.#admin = await fixture.clientOf("admin");
    const body = { apiVersion: "v1", kind: "Namespace", metadata: { name: fixture.namespace } };
    await fixture.client.request({ method: "POST", path: "/api/v1/namespaces", body });
    return fixture;
  }

  private constructor(sandbox: z.infer<typeof sandboxSchema>) {
    this.sandbox = sandbox;
  }

  /** The administrator's client. */
  get client(): KubeClient {
    if (!this.#admin) throw new Error("not open");
    return this.#admin;
  }

  /** Credentials of one of the sandbox's logins. */
  async credentialsOf(login: string): Promise<ClusterCredentials> {
    const entry = this.sandbox.logins.find(({ name }) => name === login);
    return credentialsFromKubeconfig(await readFile(entry?.kubeconfig ?? "", "utf8"), { local: true });
  }

  /** A client of one of the sandbox's logins. */
  async clientOf(login: string): Promise<KubeClient> {
    return this.clientWith(await this.credentialsOf(login));
  }

  /** A client that goes with the fixture. */
  clientWith(credentials: ClusterCredentials): KubeClient {
    const client = createKubeClient(credentials, { masker: this.masker });
    this.#clients.push(client);
    return client;
  }

  /** Follows a kind in the fixture's namespace. */
  follow(options: Partial<ReflectorOptions> & Pick<ReflectorOptions, "resource">): Following {
    const store = new ObjectStore();
    const states: string[] = [];
    const reflector = new Reflector({
      client: this.client,
      masker: this.masker,
      namespace: this.namespace,
      onBatch: (edits) => void store.apply(edits),
      onState: ({ state }) => void states.push(state),
      ...options,
    });
    this.#reflectors.push(reflector);
    void reflector.start();
    return { store, states, reflector };
  }

  async create(resource: ApiResource, name: string, fields: Record<string, unknown> = {}): Promise<void> {
    const body = { apiVersion: "v1", kind: resource.kind, metadata: { name }, ...fields };
    await this.client.request({
      method: "POST",
      path: `/api/v1/namespaces/${this.namespace}/${resource.plural}`,
      body,
    });
  }

  async remove(resource: ApiResource, name: string): Promise<void> {
    const path = `/api/v1/namespaces/${this.namespace}/${resource.plural}/${name}`;
    await this.client.request({ method: "DELETE", path });
  }

  async close(): Promise<void> {
    await Promise.all(this.#reflectors.map((reflector) => reflector.stop()));
    await this.client.request({ method: "DELETE", path: `/api/v1/namespaces/${this.namespace}` });
    await Promise.all(this.#clients.map((client) => client.close()));
  }
}
