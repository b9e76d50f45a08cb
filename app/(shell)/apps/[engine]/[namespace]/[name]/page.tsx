import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ApplicationPage } from "#components/application/application-page.tsx";
import { OneCluster } from "#components/shell/one-cluster.tsx";
import { engineSchema } from "#lib/model/application-schema.ts";

type Props = { params: Promise<{ engine: string; namespace: string; name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: Props) {
  const { engine, namespace, name } = await params;
  const parsed = engineSchema.safeParse(engine);
  if (!parsed.success) notFound();
  const unit = {
    engine: parsed.data,
    namespace: decodeURIComponent(namespace),
    name: decodeURIComponent(name),
  };
  return (
    <OneCluster what={unit.name} unit={unit}>
      <ApplicationPage unit={unit} />
    </OneCluster>
  );
}
