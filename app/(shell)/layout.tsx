import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Shell } from "#components/shell/shell.tsx";
import { currentSession } from "../current-session.ts";

/** Pages of a person who is logged in: the first answer of the server already says who that is. */
export default async function ShellLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  if (session === undefined) {
    const page = (await headers()).get("x-page");
    redirect(`/login?ended${page === null ? "" : `&next=${encodeURIComponent(page)}`}`);
  }
  return <Shell session={session}>{children}</Shell>;
}
