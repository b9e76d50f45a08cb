import type { Metadata } from "next";
import { ComparePage } from "#components/compare/compare-page.tsx";
import { OneCluster } from "#components/shell/one-cluster.tsx";

export const metadata: Metadata = { title: "Compare" };

export default function Page() {
  return (
    <OneCluster what="Applications to compare">
      <ComparePage />
    </OneCluster>
  );
}
