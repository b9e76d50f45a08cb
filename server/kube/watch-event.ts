import { isRecord } from "./redaction/json.ts";

/** One event of a watch. */
export type WatchEvent =
  | { readonly type: "ADDED" | "MODIFIED" | "DELETED"; readonly object: unknown; readonly resourceVersion: string }
  | {
      readonly type: "BOOKMARK";
      readonly resourceVersion: string;
      /** The end of the initial events of a streamed list. */ readonly initialEnd: boolean;
    }
  | { readonly type: "ERROR"; readonly object: unknown };

/** Reads a line of a watch; undefined for types of event that are not known. @throws SyntaxError for what is no JSON. */
export function parseWatchEvent(line: string): WatchEvent | undefined {
  const value: unknown = JSON.parse(line);
  if (!isRecord(value)) return undefined;
  const { type, object } = value;
  if (type === "ERROR") return { type, object };
  const metadata = isRecord(object) && isRecord(object["metadata"]) ? object["metadata"] : {};
  const resourceVersion = typeof metadata["resourceVersion"] === "string" ? metadata["resourceVersion"] : "";
  if (type === "ADDED" || type === "MODIFIED" || type === "DELETED") return { type, object, resourceVersion };
  if (type !== "BOOKMARK") return undefined;
  const annotations = metadata["annotations"];
  return {
    type,
    resourceVersion,
    initialEnd: isRecord(annotations) && annotations["k8s.io/initial-events-end"] === "true",
  };
}
