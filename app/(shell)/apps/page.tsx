import type { Metadata } from "next";
import { ApplicationsPage } from "#components/applications/applications-page.tsx";

export const metadata: Metadata = { title: "Apps" };

export default function Page() {
  return <ApplicationsPage />;
}
