"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { addCluster, getLoginOptions } from "#lib/api/client.ts";
import type { Session } from "#lib/api/session-contract.ts";
import { sessionQuery } from "#lib/api/queries.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { LoginWays } from "./login-ways.tsx";

/** Logs in to one more cluster. @param onDone gets its name */
export default function AddClusterDialog({
  session,
  onClose,
  onDone,
}: {
  session: Session;
  onClose: () => void;
  onDone: (cluster: string) => void;
}) {
  const queries = useQueryClient();
  const options = useQuery({ queryKey: ["login-options"], queryFn: ({ signal }) => getLoginOptions(signal) });
  const before = new Set(session.clusters.map(({ name }) => name));
  return (
    <Dialog
      open
      as="small"
      onClose={onClose}
      title="Log in to another cluster"
      description="You stay logged in to those that you have. In each, you see and do what its own credentials allow."
    >
      <div className="overflow-hidden rounded-md border border-line">
        {options.data && (
          <LoginWays
            options={options.data}
            logIn={addCluster}
            oidc={undefined}
            onDone={(next) => {
              queries.setQueryData(sessionQuery().queryKey, next);
              onDone(next.clusters.find(({ name }) => !before.has(name))?.name ?? next.cluster);
            }}
          />
        )}
      </div>
    </Dialog>
  );
}
