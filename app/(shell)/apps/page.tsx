import type { Metadata } from "next";
import { ApplicationsPage } from "#components/applications/applications-page.tsx";
import { firstRows } from "#components/applications/first-rows.ts";
import { currentViews } from "../../current-view.ts";

export const metadata: Metadata = { title: "Apps" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: Props) {
  const query = new URLSearchParams(
    Object.entries(await searchParams).flatMap(([key, value]) =>
      [value ?? []].flat().map((each): [string, string] => [key, each]),
    ),
  );
  const views = await currentViews(query.get("cluster"));
  const items = views.flatMap((view) => view.snapshot().items);
  return <ApplicationsPage first={firstRows(items, query)} />;
}
