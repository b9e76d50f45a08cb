"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ApplicationDetail, ApplicationList, Diff, History, KubeEventList, LiveResource, LoginOptions, ResourceList, Session } from "#lib/api/contract.ts";
import type { Action, ActionRequest, ActionResult } from "#lib/model/action.ts";
import { applicationKey, type ApplicationRef } from "#lib/model/application.ts";
import { resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import { call } from "./api.ts";
import { applicationPath, resourcePath } from "./paths.ts";

export function useSession() {
  return useQuery({ queryKey: ["session"], queryFn: ({ signal }) => call<Session>("session", { signal }) });
}
export function useLoginOptions() {
  return useQuery({ queryKey: ["login-options"], queryFn: ({ signal }) => call<LoginOptions>("login-options", { signal }) });
}
export function useApplications() {
  return useQuery({ queryKey: ["applications"], queryFn: ({ signal }) => call<ApplicationList>("applications", { signal }) });
}
function useOf<T>(unit: ApplicationRef, what: string, enabled = true) {
  return useQuery({
    queryKey: ["application", applicationKey(unit), what],
    queryFn: ({ signal }) => call<T>(`${applicationPath(unit)}${what}`, { signal }),
    enabled,
    placeholderData: keepPreviousData,
  });
}
export const useDetail = (unit: ApplicationRef) => useOf<ApplicationDetail>(unit, "");
export const useResources = (unit: ApplicationRef) => useOf<ResourceList>(unit, "/resources");
export const useHistory = (unit: ApplicationRef) => useOf<History>(unit, "/history");
export const useDrift = (unit: ApplicationRef) => useOf<Diff>(unit, "/drift");
export const useRevisionDiff = (unit: ApplicationRef, from: string, to: string, enabled = true) =>
  useOf<Diff>(unit, `/diff?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`, enabled);

function useResource<T>(ref: ResourceRef, what: string) {
  return useQuery({ queryKey: ["resource", resourceKey(ref), what], queryFn: ({ signal }) => call<T>(`${resourcePath(ref)}${what}`, { signal }) });
}
export const useLiveResource = (ref: ResourceRef) => useResource<LiveResource>(ref, "");
export const resourceEventsOptions = (ref: ResourceRef) => ({
  queryKey: ["resource", resourceKey(ref), "/events"],
  queryFn: ({ signal }: { signal: AbortSignal }) => call<KubeEventList>(`${resourcePath(ref)}/events`, { signal }),
});
export const useResourceEvents = (ref: ResourceRef) => useQuery(resourceEventsOptions(ref));

export function performAction(unit: ApplicationRef, action: Action, request: ActionRequest): Promise<ActionResult> {
  return call<ActionResult>(`${applicationPath(unit)}/actions/${action}`, { method: "POST", body: request });
}
