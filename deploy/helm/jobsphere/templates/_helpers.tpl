{{- define "jobsphere.labels" -}}
app.kubernetes.io/name: jobsphere
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "jobsphere.selector" -}}
app.kubernetes.io/name: jobsphere
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .role }}
{{- end }}

{{- define "jobsphere.image" -}}
{{- if hasPrefix "sha256:" .Values.image.tag -}}
{{ .Values.image.repository }}@{{ .Values.image.tag }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag }}
{{- end -}}
{{- end }}

{{/* What every container of ours has in common. */}}
{{- define "jobsphere.container" -}}
image: {{ include "jobsphere.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
env:
  - {name: JOBSPHERE_ENV, value: production}
  - {name: DATA_DIR, value: /data}
  - {name: PUBLIC_URL, value: "https://{{ .Values.host }}"}
  - {name: ALLOWED_HOSTS, value: {{ .Values.host | quote }}}
  - {name: TRUST_PROXY, value: "yes"}
  - {name: NUM_PROXIES, value: {{ .Values.proxies | quote }}}
  - {name: DRAIN_SECONDS, value: {{ .Values.drainSeconds | quote }}}
  {{- range $name, $value := .Values.settings }}
  - {name: {{ $name }}, value: {{ $value | quote }}}
  {{- end }}
envFrom:
  - secretRef: {name: {{ .Values.secretName }}}
volumeMounts:
  # Nothing that must be kept: files and backups lie in the bucket.
  - {name: data, mountPath: /data}
  - {name: tmp, mountPath: /tmp}
{{- end }}

{{- define "jobsphere.pod" -}}
automountServiceAccountToken: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
volumes:
  - {name: data, emptyDir: {}}
  - {name: tmp, emptyDir: {}}
{{- end }}
