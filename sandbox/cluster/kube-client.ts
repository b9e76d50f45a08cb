import { readFile } from "node:fs/promises";
import { Agent, request } from "node:https";
import { join } from "node:path";

import { resourcePath, type KubernetesObject } from "./resource-path.ts";

/** The API server refused a request; `status` is HTTP's. */
export class KubeError extends Error {
  override name = "KubeError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * The few requests that the sandbox itself makes, with its own client certificate. It exists because starting
 * kubectl costs half a second of CPU each time, and a start from cache makes a hundred requests.
 */
export class KubeClient {
  readonly #url: string;
  readonly #agent: Agent;

  constructor(url: string, tls: { ca: Buffer; cert: Buffer; key: Buffer }) {
    this.#url = url;
    this.#agent = new Agent({ ...tls, keepAlive: true, maxSockets: 16 });
  }

  /** Reads the sandbox's certificate from its key folder. */
  static async open(url: string, keyDirectory: string): Promise<KubeClient> {
    const read = (name: string): Promise<Buffer> => readFile(join(keyDirectory, name));
    const [ca, cert, key] = await Promise.all([read("ca.crt"), read("sandbox.crt"), read("sandbox.key")]);
    return new KubeClient(url, { ca, cert, key });
  }

  /** One request; resolves with the parsed answer, throws KubeError for a status of 400 and above. */
  send(method: string, path: string, body?: unknown, contentType = "application/json"): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : { "content-type": contentType };
      const sent = request(
        `${this.#url}${path}`,
        { method, agent: this.#agent, headers, timeout: 30_000 },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
          response.on("error", reject);
          response.on("end", () => {
            const status = response.statusCode ?? 0;
            if (status >= 400) return reject(new KubeError(status, `${method} ${path}: ${status} ${text}`));
            resolve(text.startsWith("{") ? JSON.parse(text) : text);
          });
        },
      );
      sent.on("error", reject).on("timeout", () => sent.destroy(new Error(`${method} ${path} got no answer`)));
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** Server-side apply; creates or updates, and resolves with the live object. */
  apply(object: KubernetesObject): Promise<unknown> {
    // JSON is YAML, which is what the API server wants to read here.
    const path = `${resourcePath(object)}?fieldManager=driftglass-sandbox&force=true`;
    return this.send("PATCH", path, object, "application/apply-patch+yaml");
  }

  /** Applies all at once, in any order. */
  async applyAll(objects: readonly KubernetesObject[]): Promise<void> {
    await Promise.all(objects.map((object) => this.apply(object)));
  }
}
