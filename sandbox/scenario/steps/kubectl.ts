import { readFileSync } from "node:fs";
import type { Build } from "../build.ts";
import { fillPlaceholders } from "../tools/files.ts";
import { field } from "../tools/objects.ts";

/** Workloads that no engine owns, each applied in its own way. */
export async function applyWorkloads(build: Build): Promise<void> {
  const { kubectl, manifest, report } = build;
  await Promise.all([
    kubectl(["apply", "-k", manifest("kubectl/exchange-rates")]),
    kubectl(["apply", "--server-side", "-f", manifest("kubectl/synonyms.yaml")]),
    kubectl(
      ["apply", "--prune", "--applyset=configmap/backup", "-n", "platform", "-f", manifest("kubectl/backup.yaml")],
      {
        env: { KUBECTL_APPLYSET: "true" },
      },
    ),
    landingPage(build),
  ]);
  report("kubectl: workloads applied");
}

/** Three rollouts, so that there is something to undo. */
async function landingPage(build: Build): Promise<void> {
  const text = readFileSync(build.manifest("kubectl/landing-page.yaml"), "utf8");
  const rollouts = [
    ["1.0.0", "first version"],
    ["1.1.0", "autumn campaign"],
    ["1.2.0", "winter campaign"],
  ] as const;
  for (const [index, [TAG, CHANGE_CAUSE]] of rollouts.entries()) {
    await build.kubectl(["apply", "-f", "-"], { input: fillPlaceholders(text, { TAG, CHANGE_CAUSE }) });
    // The next one has to wait for the controller, which would skip a revision otherwise.
    await build.waiting.until(`rollout ${TAG} of the landing page`, (snapshot) => {
      const deployment = snapshot.get("Deployment", "team-a", "landing-page");
      return field(deployment, 'metadata.annotations["deployment.kubernetes.io/revision"]') === String(index + 1);
    });
  }
}
