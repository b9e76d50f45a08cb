/**
 * Every Secret value of the scenario contains one of these, wherever it is written: Git, charts, Helm values,
 * last-applied annotations, stored releases. None of them may ever be seen outside the API server; tests look for
 * them and for what encodings make of them.
 */
export const plantedSecretValues: readonly string[] = [
  "planted-backup-secret-access-key",
  "planted-billing-payment-api-key",
  "planted-catalog-database-password",
  "planted-checkout-signing-key",
  "planted-dashboards-session-secret",
  "planted-doc-router-database-password",
  "planted-doc-router-username",
  "planted-exchange-rates-api-key",
  "planted-invoice-renderer-font-token",
  "planted-ledger-database",
  "planted-legacy-dns-tsig-key",
  "planted-metrics-relay-token",
  "planted-notifier-rotated-token",
  "planted-notifier-webhook-token",
  "planted-synonyms-editor-password",
  "planted-team-queue-admin-password",
  "planted-webhook-token",
];
