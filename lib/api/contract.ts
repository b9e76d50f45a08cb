import { actionRequestSchema, actionResultSchema, actionSchema } from "../model/action-schema.ts";
import { applicationSchema, engineSchema } from "../model/application-schema.ts";
import { automationKindSchema } from "../model/automation-schema.ts";
import {
  fluxSourceActionRequestSchema,
  fluxSourceActionSchema,
  fluxSourceKindSchema,
} from "../model/flux-source-schema.ts";
import {
  resourceActionRequestSchema,
  resourceActionSchema,
  resourcePermissionsSchema,
} from "../model/resource-action-schema.ts";
import { activityListSchema, fleetDriftSchema, overviewSchema } from "./activity-contract.ts";
import {
  applicationDetailSchema,
  applicationListSchema,
  applicationTableSchema,
  historySchema,
  resourceListSchema,
} from "./application-contract.ts";
import { argocdLoginRequestSchema, argocdStateSchema } from "./argocd-contract.ts";
import { comparisonSchema, diffSchema } from "./diff-contract.ts";
import { problemSchema } from "./problem-contract.ts";
import { kubeEventListSchema, liveResourceSchema } from "./resource-contract.ts";
import { loginOptionsSchema, loginRequestSchema, sessionSchema } from "./session-contract.ts";
import { automationListSchema, fluxSourceListSchema } from "./source-contract.ts";

/** Schemas that OpenAPI is made from, by component name. */
export const schemas = {
  Action: actionSchema,
  ActionRequest: actionRequestSchema,
  ActionResult: actionResultSchema,
  ActivityList: activityListSchema,
  ArgocdLoginRequest: argocdLoginRequestSchema,
  ArgocdState: argocdStateSchema,
  Application: applicationSchema,
  ApplicationDetail: applicationDetailSchema,
  ApplicationList: applicationListSchema,
  ApplicationTable: applicationTableSchema,
  Comparison: comparisonSchema,
  Diff: diffSchema,
  Engine: engineSchema,
  FleetDrift: fleetDriftSchema,
  AutomationKind: automationKindSchema,
  AutomationList: automationListSchema,
  FluxSourceAction: fluxSourceActionSchema,
  FluxSourceActionRequest: fluxSourceActionRequestSchema,
  FluxSourceKind: fluxSourceKindSchema,
  FluxSourceList: fluxSourceListSchema,
  History: historySchema,
  KubeEventList: kubeEventListSchema,
  LiveResource: liveResourceSchema,
  LoginOptions: loginOptionsSchema,
  LoginRequest: loginRequestSchema,
  Overview: overviewSchema,
  Problem: problemSchema,
  ResourceAction: resourceActionSchema,
  ResourceActionRequest: resourceActionRequestSchema,
  ResourceList: resourceListSchema,
  ResourcePermissions: resourcePermissionsSchema,
  Session: sessionSchema,
} as const;
