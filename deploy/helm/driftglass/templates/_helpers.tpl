{{- define "driftglass.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "driftglass.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "driftglass.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "driftglass.selectorLabels" -}}
app.kubernetes.io/name: {{ include "driftglass.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "driftglass.labels" -}}
{{ include "driftglass.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "driftglass.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* The origin that browsers see; empty when nothing says. */}}
{{- define "driftglass.publicUrl" -}}
{{- if .Values.publicUrl -}}
{{ .Values.publicUrl }}
{{- else if .Values.ingress.enabled -}}
{{ ternary "https" "http" .Values.ingress.tls }}://{{ .Values.ingress.host }}
{{- else if and .Values.httpRoute.enabled (eq (len .Values.httpRoute.hostnames) 1) -}}
{{ ternary "https" "http" .Values.httpRoute.tls }}://{{ first .Values.httpRoute.hostnames }}
{{- end -}}
{{- end -}}

{{/* Where recorded releases are kept. */}}
{{- define "driftglass.recordsNamespace" -}}
{{- .Values.records.namespace | default (printf "%s-records" (include "driftglass.fullname" .)) -}}
{{- end -}}

{{/* Where sessions are kept that replicas have in common. */}}
{{- define "driftglass.sessionsNamespace" -}}
{{- .Values.sessions.namespace | default (printf "%s-sessions" (include "driftglass.fullname" .)) -}}
{{- end -}}

{{/* The Secret with their keys. */}}
{{- define "driftglass.sessionKeySecret" -}}
{{- .Values.sessions.keySecret | default (printf "%s-session-keys" (include "driftglass.fullname" .)) -}}
{{- end -}}

{{/* Without shared ones, sessions are in the memory of one pod: more of them without sticky sessions would log people out at every other request. */}}
{{- define "driftglass.checkReplicas" -}}
{{- if and (gt (int .Values.replicas) 1) (not .Values.sessions.shared) (not .Values.stickySessions) (or .Values.ingress.enabled .Values.httpRoute.enabled) -}}
{{- fail "replicas > 1: without sessions.shared=true sessions live in the memory of one pod, so whatever stands in front must keep a browser on one pod (cookie affinity). Set sessions.shared=true, or configure that and set stickySessions=true, or keep replicas=1." -}}
{{- end -}}
{{- end -}}
