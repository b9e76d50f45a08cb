import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext } from "node:tls";
import { CredentialError } from "./credential-error.ts";

/** PEM of a kubeconfig field that holds it as base64, or of the file that its sibling names. @throws CredentialError for a file that can't be read. */
export async function pemOf(
  field: string,
  data: string | undefined,
  file: string | undefined,
): Promise<string | undefined> {
  if (data) return Buffer.from(data, "base64").toString("utf8");
  if (!file) return undefined;
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new CredentialError(
      "invalid-certificate",
      `The file that \`${field}\` names can't be read.`,
      "Correct its path or its permissions.",
    );
  }
}

/** Checks that certificates can be read and that a client key belongs to its certificate. @throws CredentialError `invalid-certificate`. */
export function checkCertificates(
  ca: string | undefined,
  certificate: string | undefined,
  key: string | undefined,
): void {
  try {
    if (ca !== undefined) void new X509Certificate(ca);
  } catch {
    throw new CredentialError(
      "invalid-certificate",
      "The cluster's CA certificate can't be read.",
      "`certificate-authority-data` must be base64 of PEM.",
    );
  }
  if (certificate === undefined && key === undefined) return;
  try {
    if (certificate === undefined || key === undefined) throw new Error("one without the other");
    createSecureContext({ cert: certificate, key });
  } catch {
    throw new CredentialError(
      "invalid-certificate",
      "The client certificate and its key can't be read, or don't belong together.",
      "`client-certificate-data` and `client-key-data` must both be base64 of PEM.",
    );
  }
}
