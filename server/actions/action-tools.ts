import type { EngineIo } from "#server/desired/io.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import type { ClusterView } from "#server/view/view.ts";
import type { Audited } from "./audited.ts";

/** What the actions on applications, on sources and on single resources share. */
export interface ActionTools {
  readonly ioOf: (view: ClusterView) => EngineIo;
  readonly audited: Audited;
  readonly masker: Masker;
  /** RFC 3339. */
  readonly now: () => string;
}
