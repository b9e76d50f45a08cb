"use client";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { applicationQuery } from "#lib/api/queries.ts";
import type { Action } from "#lib/model/action.ts";
import type { Application } from "#lib/model/application.ts";
import { actionLabel } from "#components/actions/action-words.ts";
import { useScopeOf } from "#components/live/live-provider.tsx";
import { Button } from "#components/ui/button.tsx";

/* Nobody needs it to see the page. */
const QuickDialog = lazy(() => import("./quick-dialog.tsx"));

/**
 * The one action that an application most likely needs. It opens the preview; nothing is done by this button itself. Whether it is
 * permitted is asked when the pointer or the focus comes near, so that a long list asks nothing.
 */
export function QuickAction({ application, action }: { application: Application; action: Action }) {
  const scope = useScopeOf(application);
  const [isNear, setIsNear] = useState(false);
  const [open, setOpen] = useState(false);
  const detail = useQuery({ ...applicationQuery(scope, application), enabled: isNear, staleTime: 10_000 }).data;
  const near = () => setIsNear(true);
  const permission = detail?.permissions.find((each) => each.action === action);
  return (
    <>
      <Button
        unavailable={permission?.allowed === false ? permission.reason : undefined}
        onPointerEnter={near}
        onFocus={near}
        onClick={() => setOpen(true)}
        aria-label={`${actionLabel[action]} ${application.name}…`}
      >
        {actionLabel[action]}…
      </Button>
      {open && (
        <Suspense>
          <QuickDialog application={application} action={action} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
