import { createHash } from "node:crypto";
import { rm, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { getIn } from "#lib/diff/json.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { fluxBuildArguments } from "#server/tools/flux-args.ts";
import { diskFullMessage, isDiskFull } from "#server/tools/disk-full.ts";
import { temporaryFolder } from "#server/tools/temporary-folder.ts";
import { DesiredFault } from "../fault.ts";
import type { EngineIo } from "../io.ts";
import { buildDigest } from "./build-digest.ts";
import { fetchArtifact, type Artifact, type RetainedArtifact } from "./fetch-artifact.ts";
import { findRemoteBase } from "./remote-bases.ts";
import { sharedBuilds, type Build } from "./shared-builds.ts";
import { text } from "./source.ts";
import { unpackArtifact } from "./unpack.ts";

/** What `flux build` is given of a Kustomization; nothing else of it goes into the result. */
type BuildFile = Pick<KubeObject, "apiVersion" | "kind"> & {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: unknown;
};

/**
 * Builds a Kustomization from an artifact by the real `flux build kustomization`: overlays, substitutions, owner labels, common metadata. With `substituteFrom` flux
 * reads ConfigMaps and Secrets with the person's credentials, and the result is theirs alone; otherwise it gets none and works offline, and what it makes of an artifact that
 * this person has fetched is the same for everybody.
 * @throws DesiredFault, ToolError, KubeError
 */
export async function buildArtifact(
  kustomization: KubeObject,
  artifact: Artifact | RetainedArtifact,
  io: EngineIo,
  signal?: AbortSignal,
): Promise<KubeObject[]> {
  const archive = await fetchArtifact(artifact, io, signal);
  const { name, namespace = "" } = kustomization.metadata;
  const { apiVersion, kind, spec } = kustomization;
  const file: BuildFile = { apiVersion, kind, metadata: { name, namespace }, spec };
  const substituteFrom = getIn(spec, "postBuild", "substituteFrom");
  const offline = !Array.isArray(substituteFrom) || substituteFrom.length === 0;
  const run = (): Promise<Build> => runBuild(file, archive, offline, io, signal);
  const build = offline ? await sharedBuilds(io.masker).build(await nameOf(file, archive, io), run) : await run();
  if ("buildDigest" in artifact && build.digest !== artifact.buildDigest) {
    throw new DesiredFault("What the retained artifact builds to is not what the controller recorded.");
  }
  return build.objects;
}

/** Names an offline build by all that goes into it: what was fetched, what the Kustomization says, and the program. */
async function nameOf(file: BuildFile, archive: Buffer, io: EngineIo): Promise<string> {
  const program = (await io.tools.locate("flux")) ?? "";
  const version = await stat(/* turbopackIgnore: true */ program).then(
    ({ mtimeMs, size }) => [mtimeMs, size],
    () => [],
  );
  return createHash("sha256")
    .update(JSON.stringify([file, program, version]))
    .update("\0")
    .update(archive)
    .digest("base64");
}

async function runBuild(
  file: BuildFile,
  archive: Buffer,
  offline: boolean,
  io: EngineIo,
  signal: AbortSignal | undefined,
): Promise<Build> {
  const { name, namespace } = file.metadata;
  const folder = await temporaryFolder().catch((error: unknown) => {
    throw isDiskFull(error) ? new DesiredFault(diskFullMessage("The artifact can't be unpacked")) : error;
  });
  try {
    await unpackArtifact(archive, folder);
    const path = posix.normalize(`/${text(getIn(file.spec, "path")) ?? ""}`).slice(1);
    const isFolder = await stat(join(folder, path)).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isFolder) throw new DesiredFault(`The path ${path} is not in the artifact.`);
    const components = getIn(file.spec, "components");
    const remote = await findRemoteBase(
      folder,
      path,
      Array.isArray(components) ? components.filter((item) => typeof item === "string") : [],
    );
    if (remote !== undefined)
      throw new DesiredFault(`It builds on something remote (${remote}), which Driftglass does not fetch.`);
    const result = await io.tools.run(
      "flux",
      (home) =>
        fluxBuildArguments({
          name,
          namespace,
          path: `./${path}`,
          kustomizationFile: join(home, "kustomization.json"),
          offline,
          strict: false,
        }),
      {
        cwd: folder,
        files: { "kustomization.json": JSON.stringify(file) },
        environment: { ...nowhereBut(io.client.server), ...shortLived },
        ...(offline ? {} : { kubeconfig: await io.client.kubeconfig() }),
        ...(signal ? { signal } : {}),
        ...(io.background === true && { background: true }),
      },
    );
    if (result.stderr.includes("unknown flag: --in-memory-build"))
      throw new DesiredFault(
        "The flux program on the Driftglass server is too old to build safely: 2.9 or newer is needed.",
      );
    const unread = unreadableInput(result.stderr, namespace);
    if (result.code !== 0 && unread !== undefined) throw new DesiredFault(unread);
    if (result.code !== 0) throw new DesiredFault(`The build fails: ${buildError(result.stderr, folder)}`);
    return { objects: io.masker.maskManifest(result.stdout).objects, digest: buildDigest(result.stdout) };
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A build lives for a tenth of a second: a third of its CPU time went into Go's garbage collector and into threads that help it. */
const shortLived = { GOGC: "400", GOMAXPROCS: "1" };

/**
 * A second fence behind {@link findRemoteBase}: whatever the build would still fetch goes to a proxy that is not there. Only the API server, which
 * substitutions are read from, is reached directly. (Go never sends what is on the loopback to a proxy.)
 */
function nowhereBut(server: string): Record<string, string> {
  const proxy = "http://127.0.0.1:9";
  return { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: new URL(server).hostname.replace(/^\[|\]$/g, "") };
}

/** Which of the substitutions' ConfigMaps or Secrets the person may not read, in words; undefined when it failed for another reason. */
function unreadableInput(stderr: string, namespace: string): string | undefined {
  const [, resource, name] = /(secrets|configmaps) "([^"]+)" is forbidden/.exec(stderr) ?? [];
  if (resource === undefined || name === undefined) return undefined;
  const kind = resource === "secrets" ? "Secret" : "ConfigMap";
  return `It takes values from ${kind} ${name} (spec.postBuild.substituteFrom), which you may not read: needs get on ${resource} in ${namespace}.`;
}

function buildError(stderr: string, folder: string): string {
  const lines = stderr
    .replaceAll(`${folder}/`, "")
    .replaceAll(folder, ".")
    .split("\n")
    .filter((line) => line.trim() !== "");
  // Go prints an error that is absent as "<nil>".
  const message = (lines.at(-1) ?? "flux said nothing").replace(/^✗\s*/, "").replace(/\s*<nil>$/, "");
  return message.length > 600 ? `${message.slice(0, 600)}…` : message;
}
