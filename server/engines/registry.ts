import type { Engine } from "#lib/model/application.ts";
import { argocd } from "./argocd/reader.ts";
import type { EngineReader } from "./engine.ts";
import { fluxHelmRelease } from "./flux-helmrelease/reader.ts";
import { fluxKustomization } from "./flux-kustomization/reader.ts";
import { helm } from "./helm/reader.ts";
import { kubectl } from "./kubectl/reader.ts";

const readers: Readonly<Record<Engine, EngineReader>> = {
  "flux-kustomization": fluxKustomization,
  "flux-helmrelease": fluxHelmRelease,
  argocd,
  helm,
  kubectl,
};

/** The readers of all engines, in the order in which engines claim a resource. */
export const engineReaders: readonly EngineReader[] = Object.values(readers);

/** The reader of one engine. */
export function readerOf(engine: Engine): EngineReader {
  return readers[engine];
}
