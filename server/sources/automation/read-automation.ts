import { automationSection, type AutomationKind, type AutomationObject } from "#lib/model/automation.ts";
import { conditionsOf } from "#lib/model/conditions.ts";
import { count, type Fields, fields, list, text } from "#lib/model/health/fields.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { judgeSource } from "../judge-source.ts";
import { isOperators, isStatic, operatorSuspension } from "./kinds.ts";

type Read = Omit<AutomationObject, "permissions">;
type Words = Pick<Read, "about" | "uses" | "result" | "resultAt">;

/** Whether an object is suspended, each kind in its own way. */
export function isAutomationSuspended(kind: AutomationKind, { metadata, ...object }: KubeObject): boolean {
  if (isOperators(kind)) return metadata.annotations?.[operatorSuspension] === "disabled";
  return fields(object["spec"])["suspend"] === true;
}

/** One object as the page shows it; the object is masked already. Pure. */
export function readAutomation(kind: AutomationKind, object: KubeObject): Read {
  const { metadata } = object;
  const [spec, status] = [fields(object["spec"]), fields(object["status"])];
  const namespace = metadata.namespace ?? "";
  const suspended = isAutomationSuspended(kind, object);
  const requested = metadata.annotations?.["reconcile.fluxcd.io/requestedAt"];
  const pending =
    !suspended && !isStatic(kind) && requested !== undefined && requested !== text(status["lastHandledReconcileAt"]);
  const interval = text(spec["interval"]);
  return {
    kind,
    namespace,
    name: metadata.name,
    section: automationSection(kind),
    uid: metadata.uid ?? "",
    status: statusOf(kind, object, suspended, pending ? requested : undefined),
    suspended,
    ...wordsOf(kind, namespace, spec, status),
    ...(interval !== "" && !isStatic(kind) && { interval }),
    ...(metadata.creationTimestamp !== undefined && { createdAt: metadata.creationTimestamp }),
  };
}

function statusOf(
  kind: AutomationKind,
  object: KubeObject,
  suspended: boolean,
  pending: string | undefined,
): Read["status"] {
  const verdict = judgeSource({
    metadata: object.metadata,
    status: fields(object["status"]),
    conditions: conditionsOf(object),
    suspended,
    passive: isStatic(kind),
    addressOnly: false,
    hasArtifact: true,
    pending: pending !== undefined && !Number.isNaN(Date.parse(pending)) ? pending : undefined,
  });
  // The words are of sources, which fetch; these do other things.
  if (verdict.reason === "Suspended")
    return { ...verdict, message: "suspended: it does nothing until someone resumes it" };
  if (verdict.reason === "Requested")
    return { ...verdict, message: "asked to reconcile; the controller has not answered yet" };
  return verdict;
}

function wordsOf(kind: AutomationKind, namespace: string, spec: Fields, status: Fields): Words {
  switch (kind) {
    case "ImageRepository":
      return imageRepository(spec, status);
    case "ImagePolicy":
      return imagePolicy(namespace, spec, status);
    case "ImageUpdateAutomation":
      return imageUpdates(namespace, spec, status);
    case "Alert":
      return alert(namespace, spec);
    case "Provider":
      return { about: provider(spec), uses: [] };
    case "Receiver":
      return receiver(namespace, spec);
    case "FluxInstance":
      return fluxInstance(spec, status);
    case "ResourceSet":
    case "ResourceSetInputProvider":
      return resourceSet(kind, spec, status);
  }
}

function imageRepository(spec: Fields, status: Fields): Words {
  const scan = fields(status["lastScanResult"]);
  const tags = count(scan["tagCount"]);
  const newest = text(list(scan["latestTags"])[0]);
  return {
    about: text(spec["image"]),
    uses: [],
    ...(scan["tagCount"] !== undefined && {
      result: `${tags} ${tags === 1 ? "tag" : "tags"}${newest === "" ? "" : `, such as ${newest}`}`,
    }),
    ...at(scan["scanTime"]),
  };
}

function imagePolicy(namespace: string, spec: Fields, status: Fields): Words {
  const { semver, alphabetical, numerical } = fields(spec["policy"]);
  const rule =
    semver !== undefined
      ? `versions ${text(fields(semver)["range"])}`
      : alphabetical !== undefined
        ? `the ${text(fields(alphabetical)["order"]) === "desc" ? "first" : "last"} by alphabet`
        : `the ${text(fields(numerical)["order"]) === "desc" ? "smallest" : "largest"} number`;
  const pattern = text(fields(spec["filterTags"])["pattern"]);
  const latest = fields(status["latestRef"]);
  const [tag, digest] = [text(latest["tag"]), text(latest["digest"])];
  return {
    about: `${rule}${pattern === "" ? "" : ` of tags like ${pattern}`}`,
    uses: refs(namespace, [{ kind: "ImageRepository", ...fields(spec["imageRepositoryRef"]) }]),
    ...(tag !== "" && { result: `${tag}${digest === "" ? "" : `@${shortRevision(digest)}`}` }),
  };
}

function imageUpdates(namespace: string, spec: Fields, status: Fields): Words {
  const git = fields(spec["git"]);
  const branch = text(fields(git["push"])["branch"]) || text(fields(fields(git["checkout"])["ref"])["branch"]);
  const path = text(fields(spec["update"])["path"]);
  const commit = text(status["lastPushCommit"]);
  return {
    about: `writes new images to ${path || "the repository"}${branch === "" ? "" : ` on ${branch}`}`,
    uses: refs(namespace, [spec["sourceRef"]]),
    ...(commit !== "" && { result: `pushed ${commit.slice(0, 7)}` }),
    ...at(status["lastPushTime"] ?? status["lastAutomationRunTime"]),
  };
}

function alert(namespace: string, spec: Fields): Words {
  const severity = text(spec["eventSeverity"]) || "info";
  const sources = refs(namespace, list(spec["eventSources"]));
  const whose = sources.map(({ kind, name }) => (name === "*" ? `all ${kind}s` : `${kind} ${name}`)).join(", ");
  return {
    about: `${severity === "error" ? "errors" : "events"} of ${whose || "nothing"} to ${text(fields(spec["providerRef"])["name"])}`,
    uses: [...refs(namespace, [{ kind: "Provider", ...fields(spec["providerRef"]) }]), ...sources],
  };
}

/** Addresses of chats are secrets in themselves: only their host is told. */
function provider(spec: Fields): string {
  const channel = text(spec["channel"]);
  const address = text(spec["address"]);
  const host = URL.canParse(address) ? new URL(address).host : "";
  const where = [host, channel].filter((part) => part !== "").join(", ");
  return `${text(spec["type"])}${where === "" ? "" : ` at ${where}`}`;
}

function receiver(namespace: string, spec: Fields): Words {
  const resources = refs(namespace, list(spec["resources"]));
  const events = list(spec["events"]).map(text).join(", ");
  return {
    about: `${text(spec["type"])} webhooks${events === "" ? "" : ` (${events})`} reconcile ${resources.map(({ kind, name }) => `${kind} ${name}`).join(", ") || "nothing"}`,
    uses: resources,
  };
}

function fluxInstance(spec: Fields, status: Fields): Words {
  const { version, registry } = fields(spec["distribution"]);
  const components = list(status["components"]).length;
  const applied = text(status["lastAppliedRevision"]);
  return {
    about: `Flux ${text(version)} from ${text(registry)}${components === 0 ? "" : `, ${components} components`}`,
    uses: [],
    ...(applied !== "" && { result: shortRevision(applied) }),
  };
}

function resourceSet(kind: AutomationKind, spec: Fields, status: Fields): Words {
  const applied = text(status["lastAppliedRevision"]) || text(status["lastExportedRevision"]);
  const entries = list(fields(status["inventory"])["entries"]).length;
  const inputs = list(spec["inputs"]).length + list(spec["inputsFrom"]).length;
  const about =
    kind === "ResourceSet"
      ? `${entries} ${entries === 1 ? "object" : "objects"} from ${inputs} ${inputs === 1 ? "input" : "inputs"}`
      : `inputs by ${text(spec["type"])}`;
  return { about, uses: [], ...(applied !== "" && { result: shortRevision(applied) }) };
}

function refs(namespace: string, entries: readonly unknown[]): Read["uses"] {
  return entries.flatMap((entry) => {
    const ref = fields(entry);
    const [kind, name] = [text(ref["kind"]), text(ref["name"])];
    return kind === "" || name === "" ? [] : [{ kind, namespace: text(ref["namespace"]) || namespace, name }];
  });
}

function at(time: unknown): Pick<Read, "resultAt"> {
  const value = text(time);
  return value === "" || Number.isNaN(Date.parse(value)) ? {} : { resultAt: value };
}
