import type { Metadata } from "next";
import { headers } from "next/headers";
import { LoginPage } from "#components/login/login-page.tsx";
import { safeNext } from "#components/ui/safe-href.ts";
import { loginOptions } from "#server/http/login-options.ts";
import { runtime } from "#server/current-runtime.ts";

export const metadata: Metadata = { title: "Log in" };

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { next, ended, failed } = await searchParams;
  // Known before the first paint: which tab is open must not change under the pointer.
  const request = new Request("http://page.invalid/login", { headers: await headers() });
  const options = await loginOptions(request, await runtime());
  return (
    <LoginPage
      next={safeNext(typeof next === "string" ? next : undefined)}
      ended={ended !== undefined}
      failed={typeof failed === "string" ? failed : undefined}
      options={options}
    />
  );
}
