{{/* What is read: engines, sources, and what applications are made of. */}}
{{- define "driftglass.viewerRules" -}}
# Engines and their sources
- apiGroups: [kustomize.toolkit.fluxcd.io]
  resources: [kustomizations]
  verbs: [get, list, watch]
- apiGroups: [helm.toolkit.fluxcd.io]
  resources: [helmreleases]
  verbs: [get, list, watch]
- apiGroups: [source.toolkit.fluxcd.io]
  resources: [gitrepositories, ocirepositories, buckets, helmrepositories, helmcharts, externalartifacts]
  verbs: [get, list, watch]
- apiGroups: [image.toolkit.fluxcd.io]
  resources: [imagerepositories, imagepolicies, imageupdateautomations]
  verbs: [get, list]
- apiGroups: [notification.toolkit.fluxcd.io]
  resources: [alerts, providers, receivers]
  verbs: [get, list]
- apiGroups: [fluxcd.controlplane.io]
  resources: [fluxinstances, resourcesets, resourcesetinputproviders]
  verbs: [get, list]
- apiGroups: [argoproj.io]
  resources: [applications, applicationsets, appprojects]
  verbs: [get, list, watch]
# Workloads and what belongs to them
- apiGroups: [apps]
  resources: [deployments, statefulsets, daemonsets, replicasets, controllerrevisions]
  verbs: [get, list, watch]
- apiGroups: [batch]
  resources: [jobs, cronjobs]
  verbs: [get, list, watch]
- apiGroups: [""]
  resources: [pods, services, configmaps, serviceaccounts, persistentvolumeclaims, namespaces, events, limitranges, resourcequotas]
  verbs: [get, list, watch]
- apiGroups: [""]
  resources: [pods/log]
  verbs: [get]
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [get, list, watch]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, list, watch]
- apiGroups: [networking.k8s.io]
  resources: [ingresses, networkpolicies]
  verbs: [get, list, watch]
- apiGroups: [gateway.networking.k8s.io]
  resources: [gateways, httproutes]
  verbs: [get, list, watch]
# Read where an application contains them
- apiGroups: [rbac.authorization.k8s.io]
  resources: [roles, rolebindings, clusterroles, clusterrolebindings]
  verbs: [get, list, watch]
- apiGroups: [apiextensions.k8s.io]
  resources: [customresourcedefinitions]
  verbs: [get, list, watch]
{{- if .Values.rbac.readSecrets }}
# Helm's release records are Secrets; RBAC can't narrow this by type or label
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch]
{{- end }}
{{- with .Values.rbac.artifactServices }}
# What Flux's sources say is desired, read through the API server
- apiGroups: [""]
  resources: [services/proxy]
  resourceNames:
    {{- toYaml . | nindent 4 }}
  verbs: [get]
{{- end }}
{{- with .Values.rbac.viewerExtraRules }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* What is changed. Driftglass patches; helm and kubectl, run as that person, also create and delete. */}}
{{- define "driftglass.actionRules" -}}
# Flux: sync, suspend, resume, hold and release
- apiGroups: [kustomize.toolkit.fluxcd.io]
  resources: [kustomizations]
  verbs: [patch]
- apiGroups: [helm.toolkit.fluxcd.io]
  resources: [helmreleases]
  verbs: [patch]
# Flux: sync with its source
- apiGroups: [source.toolkit.fluxcd.io]
  resources: [gitrepositories, ocirepositories, buckets, helmrepositories, helmcharts, externalartifacts]
  verbs: [patch]
- apiGroups: [image.toolkit.fluxcd.io]
  resources: [imagerepositories, imagepolicies, imageupdateautomations]
  verbs: [patch]
- apiGroups: [notification.toolkit.fluxcd.io]
  resources: [alerts, providers, receivers]
  verbs: [patch]
- apiGroups: [fluxcd.controlplane.io]
  resources: [fluxinstances, resourcesets, resourcesetinputproviders]
  verbs: [patch]
# Argo CD: sync, rollback, refresh, terminate, auto-sync off and on
- apiGroups: [argoproj.io]
  resources: [applications]
  verbs: [patch]
{{- if .Values.rbac.readSecrets }}
# helm rollback: a new release record, the old ones marked superseded, the oldest removed; and Secrets of releases
- apiGroups: [""]
  resources: [secrets]
  verbs: [create, update, patch, delete]
{{- end }}
# helm rollback, re-apply, rollout undo, restart: what releases and applied manifests usually contain. Patch is also what lets
# drift be confirmed by a dry run of the API server.
- apiGroups: [""]
  resources: [services, configmaps, persistentvolumeclaims, serviceaccounts]
  verbs: [create, update, patch, delete]
- apiGroups: [apps]
  resources: [deployments, statefulsets, daemonsets]
  verbs: [create, update, patch, delete]
- apiGroups: [batch]
  resources: [jobs, cronjobs]
  verbs: [create, update, patch, delete]
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [create, update, patch, delete]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [create, update, patch, delete]
- apiGroups: [networking.k8s.io]
  resources: [ingresses, networkpolicies]
  verbs: [create, update, patch, delete]
{{- with .Values.rbac.operatorExtraRules }}
{{ toYaml . }}
{{- end }}
{{- end -}}
