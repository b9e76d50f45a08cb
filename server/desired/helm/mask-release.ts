import { refOf } from "#lib/diff/manifest-object.ts";
import { toYaml, sorted, valueToYaml } from "#lib/diff/to-yaml.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import type { HookFact } from "../desired-state.ts";
import { scrubConfigMap } from "../scrub.ts";
import type { MaskedRelease, RawRelease, ReleaseInfo, ReleaseSummary } from "./release.ts";
import { secretValuesOf } from "./secret-values.ts";
import { maskValues } from "./sensitive-values.ts";
import { coalesceValues } from "./values.ts";

/**
 * The release without secret values: Secrets of its manifest by the masker; in values the sensitive keys; and everywhere in values, notes, hooks,
 * ConfigMaps and descriptions whatever is a value of one of its own Secrets.
 */
export function maskRelease(release: RawRelease, masker: Masker): MaskedRelease {
  const hookManifests = release.hooks.map((hook) => hook.manifest);
  const scrub = masker.scrubber(secretValuesOf([release.manifest, ...hookManifests]));
  const text = (value: string): string => masker.maskText(scrub(value));
  const token = (value: string): string => `‹masked ${masker.digest(value)}›`;
  const values = (value: Readonly<Record<string, unknown>>): string =>
    valueToYaml(maskValues(sorted(value), scrub, token));
  const metadata = release.chart?.metadata;
  const summary = summarise(release, text);
  const objects = masker.maskManifest(release.manifest).objects.map((object) => scrubConfigMap(object, scrub));
  const hooks = masker.maskManifest(hookManifests.join("\n---\n")).objects.map((object) => scrub(toYaml(object)));
  return {
    name: release.name,
    namespace: release.namespace,
    version: release.version,
    summary,
    info: maskInfo(release.info, text),
    ...optional("chartName", metadata?.["name"]),
    ...optional("chartVersion", metadata?.["version"]),
    ...optional("appVersion", metadata?.["appVersion"]),
    applyMethod: release.applyMethod ?? "csa",
    objects,
    hooks: release.hooks.flatMap((hook) => hookFact(hook, release.namespace, masker)),
    documents: {
      userValues: values(release.config),
      computedValues: values(coalesceValues(release.config, release.chart?.values ?? {})),
      notes: text(release.info.notes ?? ""),
      chart: metadata ? scrub(valueToYaml(sorted(metadata))) : "",
      hooks: hooks.join("---\n"),
    },
    scrub,
  };
}

/** What runs of a hook; nothing where its manifest can't be read. */
function hookFact(
  { manifest, events, lastRun }: RawRelease["hooks"][number],
  namespace: string,
  masker: Masker,
): HookFact[] {
  return masker.maskManifest(manifest).objects.map((object) => ({
    ref: { ...refOf(object), namespace: object.metadata.namespace ?? namespace },
    events,
    deletePolicies: (object.metadata.annotations?.["helm.sh/hook-delete-policy"] ?? "")
      .split(",")
      .map((policy) => policy.trim())
      .filter((policy) => policy !== ""),
    ...lastRun,
  }));
}

function summarise(release: RawRelease, text: (value: string) => string): ReleaseSummary {
  const metadata = release.chart?.metadata;
  return {
    version: release.version,
    status: release.info.status,
    chart: metadata ? `${string(metadata["name"])}-${string(metadata["version"])}` : "MISSING",
    ...optional("chartVersion", metadata?.["version"]),
    appVersion: metadata ? string(metadata["appVersion"]) : "MISSING",
    description: text(release.info.description ?? ""),
    ...(release.info.lastDeployed === undefined ? {} : { updated: release.info.lastDeployed }),
  };
}

function maskInfo(info: ReleaseInfo, text: (value: string) => string): ReleaseInfo {
  return {
    ...info,
    ...(info.description === undefined ? {} : { description: text(info.description) }),
    ...(info.notes === undefined ? {} : { notes: text(info.notes) }),
  };
}

function optional<Key extends string>(key: Key, value: unknown): Partial<Record<Key, string>> {
  return typeof value === "string" && value !== "" ? ({ [key]: value } as Partial<Record<Key, string>>) : {};
}

function string(value: unknown): string {
  return typeof value === "string" ? value : "";
}
