"use client";
import { useQuery } from "@tanstack/react-query";
import { getActivity } from "#lib/api/client.ts";
import { unitKey } from "#lib/api/queries.ts";
import { applicationKey, type ApplicationRef } from "#lib/model/application.ts";
import { useLive } from "#components/live/live-provider.tsx";

/** What happened to one application, newest first; fetched again when the application is touched. */
export function useUnitActivity(unit: ApplicationRef) {
  const { scope } = useLive();
  const application = applicationKey(unit);
  return useQuery({
    queryKey: [...unitKey(scope, application), "activity"],
    queryFn: ({ signal }) => getActivity(scope.cluster, { application }, { limit: 200 }, signal),
  });
}
