import { newAgeKey, sopsSecret } from "../testing/sops-secret.ts";

/** Where the Kustomization and its source are. */
export const namespace = "build-test";

/** Where it applies its objects. */
export const target = "build-test-target";

/** A value that is encrypted at the source. */
export const sealedPassword = "planted-sealed-password";

/** A value that a Secret puts into the manifests. */
export const substitutedToken = "planted-substituted-token";

/** What the source is encrypted for. */
export const key = newAgeKey();

const metadata = (name: string, annotations?: Record<string, string>): object => ({
  name,
  ...(annotations && { annotations }),
});
/** A ConfigMap without a namespace. */
export const configMap = (name: string, data: object, annotations?: Record<string, string>): object => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: metadata(name, annotations),
  data,
});
const flux = (name: string, value: string): Record<string, string> => ({
  [`kustomize.toolkit.fluxcd.io/${name}`]: value,
});

/** What the repository holds at first. */
export const files = (): Record<string, string> => ({
  "app/kustomization.yaml": JSON.stringify({
    resources: [
      "settings.yaml",
      "web.yaml",
      "sealed.yaml",
      "once.yaml",
      "ignored.yaml",
      "disabled.yaml",
      "doomed.yaml",
      "kept.yaml",
    ],
  }),
  "app/settings.yaml": JSON.stringify(
    configMap("settings", { greeting: "${greeting}", region: "${region}", level: "${level:=info}", words: "first" }),
  ),
  "app/web.yaml": JSON.stringify({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: {
          containers: [
            { name: "web", image: "registry.example.com/web", env: [{ name: "TOKEN_LENGTH", value: "${token}" }] },
          ],
        },
      },
    },
  }),
  "app/sealed.yaml": sopsSecret("sealed", { password: sealedPassword }, key),
  "app/once.yaml": JSON.stringify(configMap("once", { count: "1" }, flux("ssa", "IfNotPresent"))),
  "app/ignored.yaml": JSON.stringify(configMap("ignored", { count: "1" }, flux("ssa", "Ignore"))),
  "app/disabled.yaml": JSON.stringify(configMap("disabled", { count: "1" }, flux("reconcile", "disabled"))),
  "app/doomed.yaml": JSON.stringify(configMap("doomed", { count: "1" })),
  "app/kept.yaml": JSON.stringify(configMap("kept", { count: "1" }, flux("prune", "disabled"))),
  "component/kustomization.yaml": JSON.stringify({
    apiVersion: "kustomize.config.k8s.io/v1alpha1",
    kind: "Component",
    resources: ["extra.yaml"],
  }),
  "component/extra.yaml": JSON.stringify(configMap("extra", { from: "a component" })),
});

/** A Kustomization that uses all that Flux builds with. */
export const kustomization = {
  apiVersion: "kustomize.toolkit.fluxcd.io/v1",
  kind: "Kustomization",
  metadata: { name: "all", namespace },
  spec: {
    interval: "24h",
    path: "./app",
    prune: true,
    sourceRef: { kind: "GitRepository", name: "all" },
    targetNamespace: target,
    components: ["../component"],
    images: [{ name: "registry.example.com/web", newTag: "2.0.0" }],
    patches: [
      {
        target: { kind: "Deployment", name: "web" },
        patch: JSON.stringify([{ op: "add", path: "/metadata/labels", value: { patched: "yes" } }]),
      },
    ],
    postBuild: {
      substitute: { greeting: "hello" },
      substituteFrom: [
        { kind: "ConfigMap", name: "settings" },
        { kind: "Secret", name: "tokens" },
      ],
    },
    decryption: { provider: "sops", secretRef: { name: "sops-age" } },
    ignore: [{ paths: ["/spec/replicas"], target: { kind: "Deployment" } }],
  },
};
