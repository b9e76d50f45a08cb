import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SandboxContext } from "../../sandbox/context.ts";
import { getObject } from "../../sandbox/scenario/actions.ts";
import { field } from "../../sandbox/scenario/tools/objects.ts";
import { run } from "../../sandbox/scenario/tools/run.ts";

/** Installs a small Helm release in a namespace of a test's own, with two revisions whose word is `first` and `second`. */
export async function installWords(sandbox: SandboxContext, namespace: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "driftglass-words-"));
  mkdirSync(join(folder, "templates"));
  writeFileSync(join(folder, "Chart.yaml"), "apiVersion: v2\nname: words\nversion: 1.0.0\n");
  writeFileSync(
    join(folder, "templates/config.yaml"),
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: words}\ndata: {word: '{{ .Values.word }}'}\n",
  );
  const install = ["upgrade", "--install", "words", folder, "-n", namespace, "--create-namespace"];
  for (const word of ["first", "second"]) await run(sandbox, "helm", [...install, `--set=word=${word}`]);
  rmSync(folder, { recursive: true });
}

/** The word that the release has put into the cluster. */
export async function wordOf(sandbox: SandboxContext, namespace: string): Promise<unknown> {
  return field(await getObject(sandbox, "configmap", namespace, "words"), "data.word");
}
