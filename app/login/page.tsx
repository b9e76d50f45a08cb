import type { Metadata } from "next";
import { LoginPage } from "#components/login/login-page.tsx";
import { safeNext } from "#components/ui/safe-href.ts";
import { loginOptions } from "#server/http/login.ts";
import { runtime } from "#server/runtime.ts";

export const metadata: Metadata = { title: "Log in" };

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { next, ended } = await searchParams;
  // Known before the first paint: which tab is open must not change under the pointer.
  const options = await loginOptions(await runtime());
  return (
    <LoginPage
      next={safeNext(typeof next === "string" ? next : undefined)}
      ended={ended !== undefined}
      options={options}
    />
  );
}
