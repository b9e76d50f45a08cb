import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { isRecord } from "#lib/diff/json.ts";
import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import type { Diff } from "#lib/api/diff-contract.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { releaseOf } from "#server/engines/common/helm-release.ts";
import { logIn, type Person, until } from "../testing/person.ts";

// Against the sandbox with its scenario: whatever helm says of a release, the page says too, for every release and every revision.
interface Entry {
  readonly revision: number;
  readonly updated: string;
  readonly status: string;
  readonly chart: string;
  readonly app_version: string;
  readonly description: string;
}

interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly driver: "secret" | "configmap";
  readonly unit: ApplicationRef;
}

let admin: Person;
let releases: Release[] = [];
beforeAll(async () => {
  admin = await logIn("admin");
  await until(() => admin.view.ready());
  const drivers = ["secret", "configmap"] as const;
  const listed = await Promise.all(
    drivers.map(async (driver) =>
      (JSON.parse(await helm(driver, "ls", "-A", "-o", "json")) as Pick<Release, "name" | "namespace">[]).map(
        ({ name, namespace }) => ({ name, namespace, driver, unit: unitOf(name, namespace) }),
      ),
    ),
  );
  releases = listed.flat();
  await until(() => releases.every(({ unit }) => admin.view.desired(unit)?.facts !== undefined));
}, 90_000);
afterAll(() => admin.view.close());

async function helm(driver: Release["driver"], ...args: string[]): Promise<string> {
  const kubeconfig = admin.sandbox.logins.find(({ name }) => name === "admin")?.kubeconfig;
  const env = { ...process.env, KUBECONFIG: kubeconfig, HELM_DRIVER: driver };
  return (await promisify(execFile)(join(admin.sandbox.binDirectory, "helm"), args, { env, maxBuffer: 2 ** 26 }))
    .stdout;
}

const history = async ({ name, namespace, driver }: Release): Promise<Entry[]> =>
  JSON.parse(await helm(driver, "history", name, "-n", namespace, "-o", "json")) as Entry[];

function unitOf(release: string, namespace: string): ApplicationRef {
  for (const stored of admin.view.store.list({ group: "helm.toolkit.fluxcd.io", kind: "HelmRelease" })) {
    const made = releaseOf(stored);
    if (made.name === release && made.storageNamespace === namespace)
      return { engine: "flux-helmrelease", namespace: stored.ref.namespace ?? "", name: stored.ref.name };
  }
  return { engine: "helm", namespace, name: release };
}

/** Every secret of the scenario starts so; nothing else does. */
const planted = /planted-[\w-]+/;
const mask = /‹masked [^›]*›/;

/** A value with one word for every text that holds what `secret` finds; base64 is looked through in a Secret's data. */
function blind(value: unknown, secret: RegExp, encoded = false): unknown {
  if (typeof value === "string")
    return secret.test(encoded ? Buffer.from(value, "base64").toString("utf8") : value) || secret.test(value)
      ? "<secret>"
      : value;
  if (Array.isArray(value)) return value.map((item) => blind(item, secret, encoded));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      // What is written as stringData is stored as data, and masked as that.
      value["kind"] === "Secret" && key === "stringData" ? "data" : key,
      blind(item, secret, encoded || (value["kind"] === "Secret" && key === "data")),
    ]),
  );
}

/** What helm says, its secrets blinded; a mask over anything else, or a secret without one, makes the page differ from it. */
const said = (value: unknown): unknown => blind(value, planted);
/** What the page shows, its masks blinded and nothing else. */
const shown = (value: unknown): unknown => blind(value, mask);

const byName = (objects: readonly unknown[]): unknown[] => {
  const key = (object: unknown): string =>
    isRecord(object) && isRecord(object["metadata"])
      ? `${String(object["kind"])}/${String(object["metadata"]["name"])}`
      : "";
  return objects.toSorted((a, b) => key(a).localeCompare(key(b)));
};

const documents = (text: string): unknown[] =>
  parseAllDocuments(text, { version: "1.1" }).flatMap((document) => {
    const value: unknown = document.toJS();
    return value === null ? [] : [value];
  });

/** What Helm itself adds to an object when it applies it, which its manifest does not have. */
function withoutOwnership(object: unknown, namespace: string): unknown {
  if (!isRecord(object) || !isRecord(object["metadata"])) return object;
  const { annotations, namespace: own, ...metadata } = object["metadata"];
  const rest = Object.fromEntries(
    Object.entries(isRecord(annotations) ? annotations : {}).filter(([key]) => !key.startsWith("meta.helm.sh/")),
  );
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(own !== undefined && own !== namespace && { namespace: own }),
      ...(Object.keys(rest).length > 0 && { annotations: rest }),
    },
  };
}

const texts = (diff: Diff | undefined, title: string): string =>
  diff?.documents?.find((document) => document.title === title)?.to ?? "";
const fact = (detail: Pick<ApplicationDetail, "facts"> | undefined, label: string): string | undefined =>
  detail?.facts.find((each) => each.label === label)?.value;
const second = (time = ""): number => Math.floor(Date.parse(time) / 1000);

describe("what the page says of a release is what helm says", () => {
  it("there are releases of both kinds, in Secrets and in ConfigMaps", () => {
    expect(releases.length).toBeGreaterThan(8);
    expect(new Set(releases.map(({ driver }) => driver)).size).toBe(2);
    expect(new Set(releases.map(({ unit }) => unit.engine)).size).toBe(2);
  });

  it("history: revisions, charts, app versions, statuses, descriptions and times of helm history", async () => {
    for (const release of releases) {
      const items = (await admin.view.history(release.unit))?.items ?? [];
      const expected = (await history(release)).toReversed();
      const page = items.map(({ id, status, chart, appVersion, message, deployedAt }) => ({
        id,
        status,
        chart,
        appVersion,
        message,
        deployedAt: second(deployedAt),
      }));
      expect({ unit: release.unit, page }).toEqual({
        unit: release.unit,
        page: expected.map((entry) => ({
          id: String(entry.revision),
          status: entry.status,
          chart: entry.chart,
          appVersion: entry.app_version,
          message: entry.description,
          deployedAt: second(entry.updated),
        })),
      });
    }
  }, 120_000);

  it("every revision: values, computed values, notes, hooks, manifest and chart of helm get", async () => {
    for (const release of releases) {
      for (const { revision } of await history(release)) {
        const page = await admin.view.diff(release.unit, String(revision), String(revision));
        expect({ unit: release.unit, revision, ...pageOf(page, release) }).toEqual({
          unit: release.unit,
          revision,
          ...(await helmGetAll(release, revision)),
        });
      }
    }
  }, 300_000);

  it("now: status, revision, description, notes, chart and time of helm status", async () => {
    for (const { unit, name, namespace, driver } of releases) {
      const json = async (...args: string[]): Promise<unknown> =>
        JSON.parse(await helm(driver, ...args, name, "-n", namespace, "-o", "json")) as unknown;
      const { version, info } = (await json("status")) as {
        version: number;
        info: { status: string; description: string; notes?: string; last_deployed: string };
      };
      const metadata = (await json("get", "metadata")) as { version: string; appVersion: string };
      const detail = admin.view.detail(unit);
      const plain = unit.engine === "helm";
      expect({
        unit,
        notes: shown((detail?.notes ?? "").trim()),
        revision: fact(detail, plain ? "Revision" : "Helm revision"),
        version: fact(detail, "Attempted chart version") ?? fact(detail, "Chart version"),
        appVersion: fact(detail, "App version"),
        at: second(fact(detail, "Attempted") ?? fact(detail, "Deployed")),
        ...(plain && { status: fact(detail, "Status"), description: fact(detail, "Description") }),
      }).toEqual({
        unit,
        notes: said((info.notes ?? "").trim()),
        revision: String(version),
        version: metadata.version,
        appVersion: metadata.appVersion,
        at: second(info.last_deployed),
        ...(plain && { status: info.status, description: info.description }),
      });
    }
  }, 120_000);
});

/** One revision as the page has it, in the form of {@link helmGetAll}. */
function pageOf(page: Diff | undefined, { namespace }: Release): Record<string, unknown> {
  const objects = (page?.objects ?? []).map(({ to }): unknown => parse(to ?? ""));
  const { name, version, appVersion } = parse(texts(page, "Chart")) as Record<string, unknown>;
  return {
    values: shown(parse(texts(page, "User-supplied values"))),
    computed: shown(parse(texts(page, "Computed values"))),
    notes: shown(texts(page, "Notes").trim()),
    hooks: byName(documents(texts(page, "Hooks")).map(shown)),
    manifest: byName(objects.map((object) => shown(withoutOwnership(object, namespace)))),
    chart: { name, version, appVersion },
  };
}

/** One revision as helm tells it. */
async function helmGetAll(release: Release, revision: number): Promise<Record<string, unknown>> {
  const get = async (what: string, ...args: string[]): Promise<string> =>
    await helm(release.driver, "get", what, release.name, "-n", release.namespace, `--revision=${revision}`, ...args);
  const json = async (...args: [string, ...string[]]): Promise<unknown> =>
    JSON.parse(await get(...args, "-o", "json")) as unknown;
  const metadata = (await json("metadata")) as Record<string, unknown>;
  return {
    values: said((await json("values")) ?? {}),
    computed: said(await json("values", "--all")),
    notes: said((await get("notes")).replace(/^NOTES:\n/, "").trim()),
    hooks: byName(documents(await get("hooks")).map(said)),
    manifest: byName(
      documents(await get("manifest")).map((object) => said(withoutOwnership(object, release.namespace))),
    ),
    chart: { name: metadata["chart"], version: metadata["version"], appVersion: metadata["appVersion"] },
  };
}
