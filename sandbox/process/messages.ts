/** What the launcher tells the supervisor it starts. */
export interface SupervisorOptions {
  readonly name: string;
  readonly directory: string;
  readonly binDirectory: string;
  readonly fluxCrds: string;
  readonly argocdCrds: string;
  readonly engines: "all" | "none";
  readonly scenario: boolean;
}

/** What the supervisor tells its launcher. */
export type SupervisorMessage =
  | { readonly type: "line"; readonly text: string }
  /** The API server answers and sandbox.json is there; engines and scenario may still start. */
  | { readonly type: "control-plane" }
  | { readonly type: "ready" }
  | { readonly type: "failed"; readonly reason: string };

/** The launcher's only message: from now on live without me. */
export type LauncherMessage = "detach";
