import type { Metadata } from "next";
import { LoginDone } from "#components/login/login-done.tsx";

export const metadata: Metadata = { title: "Logged in" };

export default function Page() {
  return <LoginDone />;
}
