"use client";
import { lazy, Suspense, useEffect } from "react";
import { offerLogin, useSessionEnd } from "#components/live/session-end.ts";

const LoginDialog = lazy(() => import("./login-again-dialog.tsx"));

/** Asks for a login over the page when the session has ended, so that nobody loses where they were. */
export function LoginAgain() {
  const end = useSessionEnd();
  useEffect(() => offerLogin(), []);
  if (end === undefined) return null;
  return (
    <Suspense>
      <LoginDialog end={end} />
    </Suspense>
  );
}
