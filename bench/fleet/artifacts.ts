import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import { gzipSync } from "node:zlib";
import { Header } from "tar";
import { countOf, largeOf, nameOf, ownedBy, type Fleet } from "./plan.ts";
import { createRandom } from "./random.ts";
import { manifestsOf } from "./workloads.ts";

/** `status.artifact` of a GitRepository. */
export interface Artifact {
  readonly digest: string;
  readonly lastUpdateTime: string;
  readonly path: string;
  readonly revision: string;
  readonly size: number;
  readonly url: string;
}

/** The Kustomizations that read from the n-th repository. */
function readersOf(repository: number, fleet: Fleet): number[] {
  const repositories = countOf(fleet, "gitRepositories");
  if (repository === repositories) return [largeOf(fleet).drift.index];
  return [repository, repository + repositories].filter((index) => index < countOf(fleet, "kustomizations"));
}

/** The number of the repository that the n-th Kustomization reads from; the large one whose drift is measured has one of its own after all others. */
export function repositoryOf(kustomization: number, fleet: Fleet): number {
  if (kustomization === largeOf(fleet).drift.index) return countOf(fleet, "gitRepositories");
  return kustomization % countOf(fleet, "gitRepositories");
}

/** The folder of a Kustomization in its repository. */
export function pathOf(kustomization: number): string {
  return `deploy/${nameOf("app", kustomization)}`;
}

/** The branch and commit that a repository is at. */
export function revisionOf(repository: number): string {
  return `main@sha1:${createRandom(`commit ${repository}`).hex(40)}`;
}

/** The archive of a repository: for each of its Kustomizations a folder with what that one applied. */
function archiveOf(repository: number, fleet: Fleet): Buffer {
  const files = readersOf(repository, fleet).flatMap((kustomization) => {
    const { drift } = largeOf(fleet);
    const workloads =
      kustomization === drift.index ? drift.workloads : ownedBy({ engine: "flux-kustomization", index: kustomization });
    const names = workloads.map((workload) => `${nameOf("service", workload)}.yaml`);
    const kustomizationFile = {
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      kind: "Kustomization",
      resources: names,
    };
    return [
      file(`${pathOf(kustomization)}/kustomization.yaml`, JSON.stringify(kustomizationFile)),
      ...workloads.map((workload, index) =>
        file(
          `${pathOf(kustomization)}/${names[index] ?? ""}`,
          manifestsOf(workload)
            .map((manifest) => JSON.stringify(manifest))
            .join("\n---\n"),
        ),
      ),
    ];
  });
  return gzipSync(Buffer.concat([...files, Buffer.alloc(1024)]));
}

/** One entry of a tar archive: its header and its content, padded. */
function file(path: string, content: string): Buffer {
  const bytes = Buffer.from(content);
  const entry = Buffer.alloc(512 + Math.ceil(bytes.length / 512) * 512);
  new Header({ path, mode: 0o644, size: bytes.length, mtime: new Date(0), type: "File" }).encode(entry, 0);
  bytes.copy(entry, 512);
  return entry;
}

/** What a repository's status says of its archive. */
export function artifactOf(repository: number, fleet: Fleet): Artifact {
  const bytes = archiveOf(repository, fleet);
  const path = `gitrepository/flux-system/${nameOf("repo", repository)}/latest.tar.gz`;
  return {
    digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`,
    lastUpdateTime: "2026-11-20T09:00:00Z",
    path,
    revision: revisionOf(repository),
    size: bytes.length,
    url: `http://${fleet.artifactHost}/${path}`,
  };
}

/** Serves all archives as source-controller would, made when they are asked for. */
export async function serveArtifacts(fleet: Fleet): Promise<Server> {
  const server = createServer((request, response) => {
    const repository = /repo-(\d+)\/latest\.tar\.gz$/.exec(request.url ?? "")?.[1];
    if (repository === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": "application/gzip" }).end(archiveOf(Number(repository), fleet));
  });
  const [host, port] = fleet.artifactHost.split(":");
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(Number(port), host, resolve);
  });
  return server;
}
