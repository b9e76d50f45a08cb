"use client";
import { useEffect } from "react";
import { Logo } from "#components/ui/logo.tsx";
import { tellLogin } from "./login-channel.ts";

/** Where a login in a second tab ends: it tells the first one, and closes itself where the browser lets it. */
export function LoginDone() {
  useEffect(() => {
    tellLogin();
    window.close();
  }, []);
  return (
    <main className="grid min-h-dvh place-items-center bg-bg p-4">
      <div className="flex max-w-sm flex-col items-center gap-3 text-center">
        <Logo className="size-8" />
        <h1 className="text-title font-semibold tracking-tight">You are logged in</h1>
        <p className="text-muted">The page that you came from goes on. You can close this tab.</p>
      </div>
    </main>
  );
}
