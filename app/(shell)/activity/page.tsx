import type { Metadata } from "next";
import { ActivityPage } from "#components/activity/activity-page.tsx";
import { OneCluster } from "#components/shell/one-cluster.tsx";

export const metadata: Metadata = { title: "Activity" };

export default function Page() {
  return (
    <OneCluster what="Activity">
      <ActivityPage />
    </OneCluster>
  );
}
