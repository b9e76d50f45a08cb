import type { ApiResource } from "./api-resource.ts";
import { KubeError } from "./client.ts";
import type { KubeRequest } from "./client.ts";
import type { Clock } from "./clock.ts";
import { ObjectStore } from "./object-store.ts";
import { createMasker } from "./redaction/masker.ts";
import { Reflector } from "./reflector.ts";
import type { ReflectorOptions } from "./reflector-options.ts";

export const resource: ApiResource = {
  group: "",
  version: "v1",
  kind: "ConfigMap",
  plural: "configmaps",
  namespaced: true,
  verbs: [],
};

type Answer = readonly unknown[] | KubeError | "hangs";

const object = (name: string, resourceVersion: number): unknown => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "n", uid: `uid-${name}`, resourceVersion: String(resourceVersion), managedFields: [{}] },
});
export const added = (name: string, version: number): unknown => ({ type: "ADDED", object: object(name, version) });
export const deleted = (name: string, version: number): unknown => ({ type: "DELETED", object: object(name, version) });
export const bookmark = (version: number, end = false): unknown => ({
  type: "BOOKMARK",
  object: {
    kind: "ConfigMap",
    metadata: {
      resourceVersion: String(version),
      ...(end ? { annotations: { "k8s.io/initial-events-end": "true" } } : {}),
    },
  },
});
export const failure = (code: number, reason: string): unknown => ({
  type: "ERROR",
  object: { kind: "Status", code, reason, message: reason },
});
export const page = (names: readonly [string, number][], version: number, next?: string): unknown => ({
  kind: "ConfigMapList",
  metadata: { resourceVersion: String(version), continue: next },
  items: names.map(([name, at]) => object(name, at)),
});

/** Runs a reflector over a script of answers until it ends or hangs; tells everything that happened, in order. */
export async function play(
  script: readonly Answer[],
  options: Partial<ReflectorOptions> = {},
): Promise<{ log: string[]; store: ObjectStore; reflector: Reflector }> {
  const log: string[] = [];
  const store = new ObjectStore();
  const answers = [...script];
  let time = 0;
  let finished = (): void => undefined;
  const end = new Promise<void>((resolve) => (finished = resolve));
  const clock: Clock = {
    now: () => time,
    wait(milliseconds, signal) {
      // Neither the patience with a streamed list nor a watch's lifetime (its grace included) runs out here; waits between attempts take no time.
      if ([25_000, 30_000, 50_000].includes(milliseconds) && signal)
        return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
      log.push(`wait ${milliseconds}`);
      time += milliseconds;
      return Promise.resolve();
    },
  };
  const take = (request: KubeRequest, name: string): Answer => {
    const query = Object.entries(request.query ?? {})
      .filter(
        ([key, value]) => value !== undefined && ["resourceVersion", "continue", "sendInitialEvents"].includes(key),
      )
      .map(([key, value]) => ` ${key}=${String(value)}`);
    log.push(`${name}${query.join("")}`);
    return answers.shift() ?? "hangs";
  };
  const reflector: Reflector = new Reflector({
    client: {
      async request<T>(request: KubeRequest): Promise<T> {
        const answer = take(request, "list");
        if (answer instanceof KubeError) throw answer;
        if (answer === "hangs") return new Promise<T>(() => finished());
        return Promise.resolve(answer[0] as T);
      },
      async stream(request) {
        const answer = take(request, "watch");
        if (answer instanceof KubeError) throw answer;
        return Promise.resolve(chunksOf(answer, request.signal, () => (time += 5_000), finished));
      },
    },
    masker: createMasker(),
    resource,
    clock,
    random: () => 0,
    onBatch(edits) {
      store.apply(edits);
      log.push(
        edits
          .map((edit) =>
            edit.type === "put"
              ? `+${edit.object.ref.name}@${edit.object.resourceVersion}`
              : `-${edit.key.split("/").at(-1) ?? ""}`,
          )
          .join(" "),
      );
    },
    onState: (state) => void log.push("message" in state ? `${state.state}: ${state.message}` : state.state),
    ...options,
  });
  await Promise.race([reflector.start(), end]);
  await new Promise((resolve) => setImmediate(resolve));
  void reflector.stop();
  return { log, store, reflector };
}

async function* chunksOf(
  answer: Answer,
  signal: AbortSignal | undefined,
  pass: () => void,
  finished: () => void,
): AsyncGenerator<Uint8Array> {
  if (answer === "hangs") {
    finished();
    await new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve()));
    throw new KubeError(0, "Aborted", "aborted");
  }
  if (answer instanceof KubeError) throw answer;
  for (const event of answer) {
    if (event instanceof KubeError) throw event;
    yield Buffer.from(`${typeof event === "string" ? event : JSON.stringify(event)}\n`);
  }
  if (answer.length > 0) pass();
}
