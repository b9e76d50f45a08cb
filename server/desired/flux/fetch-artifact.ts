import { createHash } from "node:crypto";
import { KubeError } from "#server/kube/client.ts";
import { DesiredFault } from "../fault.ts";
import type { EngineIo } from "../io.ts";
import { locateArtifact } from "./artifact-location.ts";

/** `status.artifact` of a source. */
export interface Artifact {
  readonly url: string;
  readonly revision: string;
  readonly digest: string;
  readonly size?: number;
}

/** An artifact of an earlier revision: its own digest is not known, so what is built from it has to have this one. */
export interface RetainedArtifact {
  readonly url: string;
  readonly buildDigest: string;
}

/** Compressed; source-controller itself refuses to unpack more than 100 MiB. */
const maxSize = 64 * 1024 * 1024;
const timeout = 60_000;
const algorithms = new Set(["sha256", "sha384", "sha512"]);

/** Fetches an artifact and verifies its digest; that of a retained one is verified by what is built from it. @throws DesiredFault */
export async function fetchArtifact(
  artifact: Artifact | RetainedArtifact,
  io: EngineIo,
  signal?: AbortSignal,
): Promise<Buffer> {
  if ("digest" in artifact) refuseUnverifiable(artifact);
  const location = locateArtifact(artifact.url, io.artifactHosts);
  if (!location) {
    throw new DesiredFault(
      `The artifact is at ${hostOf(artifact.url)}, which is no Service of the cluster. If it may be fetched from there, add it to DRIFTGLASS_ARTIFACT_HOSTS.`,
    );
  }
  const limit = signal ? AbortSignal.any([signal, AbortSignal.timeout(timeout)]) : AbortSignal.timeout(timeout);
  const chunks =
    location.via === "direct"
      ? await fetchDirectly(location.url, limit)
      : await fetchThroughProxy(location.path, io, limit);
  const bytes = await collect(chunks);
  if ("digest" in artifact) verify(bytes, artifact.digest);
  return bytes;
}

function refuseUnverifiable({ digest, size }: Artifact): void {
  const [algorithm = "", expected = ""] = digest.split(":");
  if (!algorithms.has(algorithm) || !/^[0-9a-f]+$/.test(expected))
    throw new DesiredFault(`The artifact has no digest that can be verified (${digest || "none"}).`);
  if (size !== undefined && size > maxSize) throw tooLarge();
}

function verify(bytes: Buffer, digest: string): void {
  const [algorithm = "", expected = ""] = digest.split(":");
  if (createHash(algorithm).update(bytes).digest("hex") !== expected) {
    throw new DesiredFault(
      "The artifact that was served is not the one that the source announced (its digest differs).",
    );
  }
}

async function fetchDirectly(url: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  try {
    const answer = await fetch(url, { redirect: "error", signal, headers: { "accept-encoding": "identity" } });
    if (answer.ok && answer.body) return answer.body;
    await answer.body?.cancel();
    throw new DesiredFault(
      answer.status === 404
        ? "The artifact is not there any more (404)."
        : `The artifact can't be fetched: ${hostOf(url)} answered ${answer.status}.`,
    );
  } catch (error) {
    if (error instanceof DesiredFault) throw error;
    throw new DesiredFault(`The artifact can't be fetched: ${hostOf(url)} does not answer.`);
  }
}

async function fetchThroughProxy(path: string, io: EngineIo, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  try {
    return await io.client.stream({ path, signal, accept: "*/*" });
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    const namespace = path.split("/")[4] ?? "";
    if (error.status === 403)
      throw new DesiredFault(`Needs get on services/proxy in ${namespace} to fetch the artifact.`);
    throw new DesiredFault(
      error.status === 404
        ? "The artifact is not there any more (404)."
        : `The artifact can't be fetched: ${error.message}`,
    );
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > maxSize) throw tooLarge();
      parts.push(chunk);
    }
  } catch (error) {
    throw error instanceof DesiredFault
      ? error
      : new DesiredFault("The artifact can't be fetched: the connection broke.");
  }
  return Buffer.concat(parts);
}

function tooLarge(): DesiredFault {
  return new DesiredFault(`The artifact is larger than ${maxSize / 1024 ** 2} MiB.`);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "an address that can't be read";
}
