import { gzipSync } from "node:zlib";
import { countOf, ownedBy, sizes, type Fleet, type Owner, type Planned } from "./plan.ts";
import { createRandom } from "./random.ts";
import { unitName } from "./unit-name.ts";
import { manifestsOf } from "./workloads.ts";

/** Bytes of a release Secret's `data.release` as the API server gives it, and how many of a hundred releases are of that size. */
const secretSizes = [
  { bytes: 12_000, share: 70 },
  { bytes: 49_000, share: 25 },
  { bytes: 164_000, share: 5 },
] as const;

/** The release records of plain Helm, three revisions for each release, encoded as Helm does it. */
export function* releaseRecords(fleet: Fleet): Iterable<Planned> {
  for (let index = 0; index < countOf(fleet, "releases"); index += 1) {
    for (let version = 1; version <= sizes.revisions; version += 1) yield record(index, version);
  }
}

function record(index: number, version: number): Planned {
  const { namespace, name } = unitName({ engine: "helm", index });
  const status = version === sizes.revisions ? "deployed" : "superseded";
  const release = encode(releaseOf({ engine: "helm", index }, version, status), sizeOf(index));
  return {
    object: {
      apiVersion: "v1",
      kind: "Secret",
      type: "helm.sh/release.v1",
      metadata: {
        namespace,
        name: `sh.helm.release.v1.${name}.v${version}`,
        labels: {
          name,
          owner: "helm",
          status,
          version: String(version),
          modifiedAt: String(1_763_000_000 + 1000 * version),
        },
      },
      data: { release },
    },
  };
}

function sizeOf(index: number): number {
  let place = (index * 37) % 100;
  for (const { bytes, share } of secretSizes) {
    if (place < share) return bytes;
    place -= share;
  }
  return secretSizes[0].bytes;
}

function releaseOf(owner: Owner, version: number, status: string): Record<string, unknown> {
  const { namespace, name } = unitName(owner);
  const manifests = ownedBy(owner).flatMap((workload) => manifestsOf(workload));
  return {
    name,
    namespace,
    version,
    info: {
      first_deployed: "2026-11-01T08:00:00Z",
      last_deployed: `2026-11-1${version}T08:00:00Z`,
      deleted: "",
      description: version === 1 ? "Install complete" : "Upgrade complete",
      status,
      notes: `Open https://${name}.example.com`,
    },
    config: { replicas: 2, image: { tag: `1.0.${version}` } },
    manifest: manifests
      .map(
        (manifest) =>
          `---\n# Source: web-service/templates/${manifest.kind.toLowerCase()}.yaml\n${JSON.stringify(manifest)}\n`,
      )
      .join(""),
    hooks: [],
    chart: {
      metadata: { apiVersion: "v2", name: "web-service", version: `1.${version}.0`, appVersion: `1.${version}` },
      templates: [],
      values: { replicas: 1, image: { repository: `registry.example.com/${name}` } },
    },
  };
}

/**
 * base64 of base64 of gzip of JSON (helm `pkg/storage/driver/util.go`; the second base64 is the API's), made as long as asked by one more template of the chart
 * whose content does not compress.
 */
function encode(release: Record<string, unknown>, bytes: number): string {
  const pack = (padding: number): string => {
    const content = createRandom(`${String(release["name"])} ${String(release["version"])}`)
      .bytes(padding)
      .toString("base64");
    const chart = { ...(release["chart"] as object), templates: [{ name: "templates/_helpers.tpl", data: content }] };
    const archive = gzipSync(JSON.stringify({ ...release, chart }), { level: 9 });
    return Buffer.from(archive.toString("base64")).toString("base64");
  };
  const bare = pack(0).length;
  // base64 of bytes that don't compress packs to about those bytes again; twice base64 makes 16 bytes of 9.
  return pack(Math.max(0, Math.round(((bytes - bare) * 9) / 16)));
}
