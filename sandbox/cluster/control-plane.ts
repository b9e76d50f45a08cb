import { join } from "node:path";

import type { ComponentDefinition } from "../process/component.ts";
import { answersHttp } from "../process/ready.ts";
import { authenticationConfigPath } from "./authentication-config.ts";
import type { Layout } from "./layout.ts";

/** etcd without fsync: a sandbox may lose its data with the machine, and starts faster for it. */
export function etcd({ ports, bin, data }: Layout): ComponentDefinition {
  const client = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports["etcd-peer"]}`;
  return {
    name: "etcd",
    command: [
      join(bin, "etcd"),
      "--name=sandbox",
      `--data-dir=${join(data, "etcd")}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=sandbox=${peer}`,
      "--unsafe-no-fsync",
      "--log-level=warn",
    ],
    isReady: answersHttp(`${client}/health`),
  };
}

export function apiServer(layout: Layout): ComponentDefinition {
  const { ports, bin, keys, apiServerUrl } = layout;
  const key = (name: string): string => join(keys, name);
  return {
    name: "kube-apiserver",
    command: [
      join(bin, "kube-apiserver"),
      `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${ports["kube-apiserver"]}`,
      `--tls-cert-file=${key("apiserver.crt")}`,
      `--tls-private-key-file=${key("apiserver.key")}`,
      `--client-ca-file=${key("ca.crt")}`,
      `--kubelet-certificate-authority=${key("ca.crt")}`,
      `--kubelet-client-certificate=${key("kubelet-client.crt")}`,
      `--kubelet-client-key=${key("kubelet-client.key")}`,
      "--kubelet-preferred-address-types=InternalIP",
      `--service-account-key-file=${key("service-account.pub")}`,
      `--service-account-signing-key-file=${key("service-account.key")}`,
      `--authentication-config=${authenticationConfigPath(layout)}`,
      "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
      "--service-cluster-ip-range=10.96.0.0/16",
      "--authorization-mode=Node,RBAC",
      "--allow-privileged=true",
      // Nobody reaches this API server through the Service `kubernetes`, whose endpoints can't be on the loopback.
      "--endpoint-reconciler-type=none",
      "--event-ttl=24h",
      // Restarting it is part of the tests: connections needn't drain for long.
      "--shutdown-delay-duration=0s",
    ],
    isReady: answersHttp(`${apiServerUrl}/readyz`),
  };
}

export function controllerManager({ ports, bin, keys, kubeconfigs }: Layout): ComponentDefinition {
  const port = ports["kube-controller-manager"];
  return {
    name: "kube-controller-manager",
    command: [
      join(bin, "kube-controller-manager"),
      `--kubeconfig=${join(kubeconfigs, "controller-manager.yaml")}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${port}`,
      `--cert-dir=${join(keys, "kube-controller-manager")}`,
      `--service-account-private-key-file=${join(keys, "service-account.key")}`,
      `--root-ca-file=${join(keys, "ca.crt")}`,
      "--use-service-account-credentials=true",
      "--leader-elect=false",
    ],
    isReady: answersHttp(`https://127.0.0.1:${port}/healthz`),
  };
}

export function scheduler({ ports, bin, keys, kubeconfigs }: Layout): ComponentDefinition {
  const port = ports["kube-scheduler"];
  return {
    name: "kube-scheduler",
    command: [
      join(bin, "kube-scheduler"),
      `--kubeconfig=${join(kubeconfigs, "scheduler.yaml")}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${port}`,
      `--cert-dir=${join(keys, "kube-scheduler")}`,
      "--leader-elect=false",
    ],
    isReady: answersHttp(`https://127.0.0.1:${port}/healthz`),
  };
}
