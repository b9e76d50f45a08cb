import type { Metadata } from "next";
import { LoginPage } from "#components/login/login-page.tsx";
import { safeNext } from "#components/ui/safe-href.ts";

export const metadata: Metadata = { title: "Log in" };

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { next, ended } = await searchParams;
  return <LoginPage next={safeNext(typeof next === "string" ? next : undefined)} ended={ended !== undefined} />;
}
