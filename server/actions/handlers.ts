import type { Action } from "#lib/model/action.ts";
import type { Engine } from "#lib/model/application.ts";
import type { ActionHandler } from "./action-handler.ts";
import { argoReleaseHold, argoResume, argoSuspend } from "./argocd/auto-sync.ts";
import { argoRefresh, argoTerminate } from "./argocd/refresh.ts";
import { argoRollback } from "./argocd/rollback.ts";
import { argoSync } from "./argocd/sync.ts";
import { kustomizationReleaseHold } from "./flux/hold/release.ts";
import { kustomizationRollback } from "./flux/hold/rollback.ts";
import { fluxResume, fluxSuspend } from "./flux/suspend.ts";
import { fluxSync } from "./flux/sync.ts";
import { helmReleaseReleaseHold, helmReleaseRollback } from "./helm/release-rollback.ts";
import { helmRollback, helmSync } from "./helm/rollback.ts";
import { helmTest } from "./helm/test.ts";
import { helmUninstall } from "./helm/uninstall.ts";
import { reapply } from "./workload/reapply.ts";
import { restart } from "./workload/restart.ts";
import { rolloutUndo } from "./workload/rollout-undo.ts";

/** Which engine can do what. An action that is absent makes no sense for the engine. */
export const handlers: Readonly<Record<Engine, Partial<Readonly<Record<Action, ActionHandler>>>>> = {
  "flux-kustomization": {
    sync: fluxSync,
    rollback: kustomizationRollback,
    suspend: fluxSuspend,
    resume: fluxResume,
    "release-hold": kustomizationReleaseHold,
    restart,
  },
  "flux-helmrelease": {
    sync: fluxSync,
    rollback: helmReleaseRollback,
    suspend: fluxSuspend,
    resume: fluxResume,
    "release-hold": helmReleaseReleaseHold,
    restart,
  },
  argocd: {
    sync: argoSync,
    rollback: argoRollback,
    suspend: argoSuspend,
    resume: argoResume,
    refresh: argoRefresh,
    terminate: argoTerminate,
    "release-hold": argoReleaseHold,
    restart,
  },
  helm: { sync: helmSync, rollback: helmRollback, restart, test: helmTest, uninstall: helmUninstall },
  kubectl: { sync: reapply, rollback: rolloutUndo, restart },
};
