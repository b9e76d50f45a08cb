"use client";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import type { Session } from "#lib/api/session-contract.ts";
import { inCluster } from "#components/live/paths.ts";
import { Announcer } from "#components/live/announcer.tsx";
import { LoginAgain } from "#components/login/login-again.tsx";
import { LiveProvider } from "#components/live/live-provider.tsx";
import { useFetchedAhead } from "#components/ui/idle.ts";
import { DisconnectedStrip } from "./disconnected-strip.tsx";
import { Header } from "./header.tsx";
import { Rail } from "./rail.tsx";
import { useShortcuts } from "./shortcuts.ts";

/* Fetched when it is opened first: nobody needs it to see the list. */
const fetchPalette = () => import("./palette.tsx");
const Palette = lazy(fetchPalette);
const ShortcutSheet = lazy(() => import("./shortcut-sheet.tsx"));

/** The frame around every page of a person who is logged in. */
export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  const router = useRouter();
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      // Never on top of a dialog that asks something.
      if (document.querySelector('[role="dialog"],[role="alertdialog"]') === null) setPalette(true);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
  useFetchedAhead(fetchPalette);
  useShortcuts({
    "?": () => setHelp(true),
    "g o": () => router.push(inCluster("/overview")),
    "g l": () => router.push(inCluster("/apps")),
    "g d": () => router.push(inCluster("/drift")),
    "g s": () => router.push(inCluster("/sources")),
    "g a": () => router.push(inCluster("/activity")),
  });
  return (
    <LiveProvider session={session}>
      <div className="flex h-dvh overflow-hidden max-md:flex-col">
        <a
          href="#main"
          className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent-fill px-3 py-2 text-on-accent focus:translate-y-0"
        >
          Skip to the content
        </a>
        <Rail />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <Header onHelp={() => setHelp(true)} />
          <DisconnectedStrip />
          <main id="main" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto outline-none">
            {children}
          </main>
        </div>
        <Announcer />
        <LoginAgain />
        {palette && (
          <Suspense>
            <Palette onClose={() => setPalette(false)} />
          </Suspense>
        )}
        {help && (
          <Suspense>
            <ShortcutSheet onClose={() => setHelp(false)} />
          </Suspense>
        )}
      </div>
    </LiveProvider>
  );
}
