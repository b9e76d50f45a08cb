import type { Metadata } from "next";
import { SourcesPage } from "#components/sources/sources-page.tsx";
import { OneCluster } from "#components/shell/one-cluster.tsx";

export const metadata: Metadata = { title: "Sources" };

export default function Page() {
  return (
    <OneCluster what="Sources">
      <SourcesPage />
    </OneCluster>
  );
}
