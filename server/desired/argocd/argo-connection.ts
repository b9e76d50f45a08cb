import type { ApplicationRef } from "#lib/model/application.ts";
import { fields, list, text } from "#lib/model/health/fields.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import { type ArgoApi, type ArgoServer, createArgoApi } from "./argo-api.ts";
import { ArgoFault } from "./argo-fault.ts";
import { type Commit, Commits, type DeployedCommit } from "./commits.ts";
import { type ManagedObject, readManagedObjects, readObject } from "./managed-object.ts";

/** One person's way to Argo CD's API server: their token, and nothing else, decides what it answers. */
export interface ArgoConnection {
  /** Whom Argo CD knows the token's holder as. */
  readonly username: string;
  /** What Argo CD compares, as it does. `uid` is the Application's in this cluster. @throws ArgoFault */
  managedObjects(unit: ApplicationRef, uid: string, signal?: AbortSignal): Promise<ManagedObject[]>;
  /**
   * What the source says at these revisions, one for each source in their order; an empty one is the source's target revision. Objects that name no
   * namespace have none. @throws ArgoFault
   */
  manifests(
    unit: ApplicationRef,
    uid: string,
    revisions: readonly string[],
    signal?: AbortSignal,
  ): Promise<KubeObject[]>;
  /** What Git says of these revisions, as far as Argo CD can tell. @throws ArgoFault */
  commits(
    unit: ApplicationRef,
    uid: string,
    wanted: readonly DeployedCommit[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, Commit>>;
  readonly close: () => Promise<void>;
}

/** Tries a token. @throws ArgoFault when Argo CD does not take it */
export async function connectArgo(
  server: ArgoServer,
  token: string,
  masker: Pick<Masker, "maskObject" | "maskText">,
): Promise<ArgoConnection> {
  const { ask, close } = createArgoApi(server, token, masker);
  try {
    const { loggedIn, username } = fields(await ask("/api/v1/session/userinfo"));
    if (loggedIn !== true) {
      // Whoever is not logged in gets an empty answer here; any other call says why.
      await ask("/api/v1/projects", [["fields", "metadata"]]);
      throw new ArgoFault("refused", "Argo CD does not accept the token.");
    }
    return connection(ask, close, text(username) || "an account without a name", masker);
  } catch (error) {
    await close();
    throw error;
  }
}

function connection(
  ask: ArgoApi,
  close: () => Promise<void>,
  username: string,
  masker: Pick<Masker, "maskObject" | "maskText">,
): ArgoConnection {
  const known = new Commits(ask, masker);
  const pathOf = ({ name }: ApplicationRef, rest = ""): string =>
    `/api/v1/applications/${encodeURIComponent(name)}${rest}`;
  const own = ({ namespace }: ApplicationRef): [string, string] => ["appNamespace", namespace];
  const requireSame = async (unit: ApplicationRef, uid: string, signal?: AbortSignal): Promise<void> => {
    const { metadata } = fields(await ask(pathOf(unit), [own(unit), ["fields", "metadata.uid"]], signal));
    if (text(fields(metadata)["uid"]) !== uid)
      throw new ArgoFault(
        "unexpected",
        "This Argo CD has another application of that name: it belongs to another cluster.",
      );
  };
  return {
    username,
    async managedObjects(unit, uid, signal) {
      const [, answer] = await Promise.all([
        requireSame(unit, uid, signal),
        ask(pathOf(unit, "/managed-resources"), [own(unit)], signal),
      ]);
      return readManagedObjects(answer, masker);
    },
    async manifests(unit, uid, revisions, signal) {
      const several = revisions.flatMap((revision, index): [string, string][] =>
        revision === ""
          ? []
          : [
              ["revisions", revision],
              ["sourcePositions", String(index + 1)],
            ],
      );
      const one = revisions[0] ?? "";
      const wanted: [string, string][] = revisions.length > 1 ? several : one === "" ? [] : [["revision", one]];
      const [, answer] = await Promise.all([
        requireSame(unit, uid, signal),
        ask(pathOf(unit, "/manifests"), [own(unit), ...wanted], signal),
      ]);
      return list(fields(answer)["manifests"]).flatMap((manifest) => readObject(manifest, masker) ?? []);
    },
    async commits(unit, uid, wanted, signal) {
      // Also shows that the account may still read the application, of which commits are remembered.
      await requireSame(unit, uid, signal);
      return await known.read(unit, wanted, signal);
    },
    close,
  };
}
