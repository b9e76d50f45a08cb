import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { ApplicationRef } from "#lib/model/application.ts";
import { type Fields, fields, list, text } from "#lib/model/health/fields.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { type Person, until } from "./person.ts";

const run = promisify(execFile);

/** Applications of a test's own: a branch of the shop's repository, and a namespace, which end with the test. */
export class ArgoScene {
  /** Of the branch and the namespace. */
  readonly name: string;
  readonly #person: Person;
  #folder = "";

  /** A namespace takes a while to go: each run has another. */
  constructor(person: Person, name: string) {
    this.#person = person;
    this.name = `${name}-${Date.now().toString(36)}`;
  }

  /** URL of the repository; its branch is the scene's name. */
  get repository(): string {
    return `${this.#person.sandbox.gitUrl}/shop.git`;
  }

  /** Makes the namespace and an empty branch. */
  async open(): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), "driftglass-scene-"));
    await this.#git("clone", "--quiet", this.repository, ".");
    await this.#git("checkout", "--quiet", "--orphan", this.name);
    await this.#git("rm", "-rfq", ".");
    await this.#person.run("kubectl", "create", "namespace", this.name);
  }

  /** Ends what it has made. */
  async close(): Promise<void> {
    const applications = ["applications.argoproj.io", "-n", "argocd", "-l", `scene=${this.name}`];
    await this.#person.run("kubectl", "delete", ...applications, "--wait=false");
    await this.#person.run("kubectl", "delete", "namespace", this.name, "--wait=false");
    await this.#git("push", "--quiet", "--delete", "origin", this.name);
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Commits these files, in place of those before, and answers the commit. */
  async commit(files: Readonly<Record<string, readonly object[]>>): Promise<string> {
    await this.#git("rm", "-rfq", "--ignore-unmatch", ".");
    for (const [path, objects] of Object.entries(files)) {
      await mkdir(dirname(join(this.#folder, path)), { recursive: true });
      await writeFile(join(this.#folder, path), objects.map((object) => JSON.stringify(object)).join("\n---\n"));
    }
    await this.#git("add", "-A");
    await this.#git("commit", "--quiet", "-m", "Change what is deployed");
    await this.#git("push", "--quiet", "--force", "origin", `HEAD:refs/heads/${this.name}`);
    return (await this.#git("rev-parse", "HEAD")).trim();
  }

  /** Creates an Application of the branch and waits until Argo CD has compared it. `spec` is merged over the usual one. */
  async application(name: string, spec: Fields): Promise<ApplicationRef> {
    const unit: ApplicationRef = { engine: "argocd", namespace: "argocd", name };
    const destination = { server: "https://kubernetes.default.svc", namespace: this.name };
    await this.apply({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: { name, namespace: "argocd", labels: { scene: this.name } },
      spec: { project: "default", destination, ...spec },
    });
    await until(async () => {
      const { status } = fields(fields((await this.state(unit)).status)["sync"]);
      return text(status) !== "" && this.#person.view.application(unit) !== undefined;
    });
    return unit;
  }

  /** A source at a path of the branch. */
  source(path: string, targetRevision = this.name): Fields {
    return { repoURL: this.repository, path, targetRevision, directory: { recurse: true } };
  }

  async apply(object: object): Promise<void> {
    const file = join(this.#folder, "..", `${this.name}.json`);
    await writeFile(file, JSON.stringify(object));
    await this.#person.run("kubectl", "apply", "-f", file);
    await rm(file);
  }

  /** The Application as the cluster has it now. */
  async state({ name }: ApplicationRef): Promise<{
    object: KubeObject;
    spec: Fields;
    status: Fields;
    operation: Fields;
    history: Fields[];
  }> {
    const object = (await this.#get("application.argoproj.io", name, "argocd")) as KubeObject;
    const status = fields(object["status"]);
    return {
      object,
      spec: fields(object["spec"]),
      status,
      operation: fields(status["operationState"]),
      history: list(status["history"]).map(fields),
    };
  }

  /** Waits until the operation that was asked for has ended, and answers how. */
  async ended(unit: ApplicationRef, after: string): Promise<Fields> {
    await until(async () => {
      const { operation, object } = await this.state(unit);
      const over = text(operation["finishedAt"]) !== "" && object["operation"] === undefined;
      return over && text(operation["startedAt"]) > after;
    });
    return (await this.state(unit)).operation;
  }

  /** A live object of the namespace; undefined when there is none. */
  async live(kind: string, name: string): Promise<KubeObject | undefined> {
    return (await this.#get(kind, name, this.name)) as KubeObject | undefined;
  }

  async #get(kind: string, name: string, namespace: string): Promise<unknown> {
    const options = ["-n", namespace, "--ignore-not-found", "--show-managed-fields", "-o", "json"];
    const answer = await this.#person.run("kubectl", "get", kind, name, ...options);
    return answer === "" ? undefined : JSON.parse(answer);
  }

  async #git(...args: string[]): Promise<string> {
    const author = ["-c", "user.name=Sofia Marchetti", "-c", "user.email=sofia.marchetti@example.com"];
    return (await run("git", [...author, ...args], { cwd: this.#folder })).stdout;
  }
}
