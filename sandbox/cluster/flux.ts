import { join } from "node:path";

import type { ComponentDefinition } from "../process/component.ts";
import { answersHttp } from "../process/ready.ts";
import type { Layout } from "./layout.ts";

export const fluxNamespace = "flux-system";

/** Flux's controllers. Their CRDs must be established before they start. */
export function fluxControllers(layout: Layout): ComponentDefinition[] {
  const { ports, bin, data, adminKubeconfig } = layout;
  const address = `127.0.0.1:${ports["source-controller"]}`;
  const controller = (
    name: `${"source" | "kustomize" | "helm" | "notification" | "image-reflector" | "image-automation"}-controller`,
    options: readonly string[],
  ): ComponentDefinition => ({
    name,
    command: [
      join(bin, name),
      "--watch-all-namespaces=true",
      "--log-encoding=json",
      `--health-addr=127.0.0.1:${ports[`${name}-health`]}`,
      `--metrics-addr=127.0.0.1:${ports[`${name}-metrics`]}`,
      ...options,
    ],
    environment: {
      KUBECONFIG: adminKubeconfig,
      RUNTIME_NAMESPACE: fluxNamespace,
      TMPDIR: join(data, "tmp"),
    },
    isReady: answersHttp(`http://127.0.0.1:${ports[`${name}-health`]}/readyz`),
  });
  const events = `--events-addr=http://127.0.0.1:${ports["notification-controller"]}/`;
  return [
    controller("source-controller", [
      events,
      `--storage-path=${join(data, "source")}`,
      `--storage-addr=${address}`,
      `--storage-adv-addr=${address}`,
      // What was applied stays fetchable when its source has moved on, however long a person looks at the scenario.
      "--artifact-retention-ttl=24h",
    ]),
    // A scenario of seconds can't wait half a minute for a dependency that became ready.
    controller("kustomize-controller", [events, "--requeue-dependency=3s"]),
    controller("helm-controller", [events, "--requeue-dependency=3s"]),
    controller("notification-controller", [
      `--events-addr=127.0.0.1:${ports["notification-controller"]}`,
      `--receiverAddr=127.0.0.1:${ports["notification-controller-receiver"]}`,
    ]),
    controller("image-reflector-controller", [
      events,
      `--storage-path=${join(data, "images")}`,
      // Twice its size is mapped into memory, which a few tags do not need.
      "--storage-value-log-file-size=16777216",
    ]),
    controller("image-automation-controller", [events]),
  ];
}
