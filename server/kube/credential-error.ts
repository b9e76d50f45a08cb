/** What is wrong with what a person logged in with. */
export type CredentialErrorCode =
  | "invalid-kubeconfig"
  | "context-required"
  | "unknown-context"
  | "incomplete-context"
  | "not-allowed"
  | "invalid-server"
  | "invalid-certificate"
  | "no-credentials"
  | "plugin-failed"
  | "anonymous";

/** Credentials that can't be used. Message and hint hold no part of a secret and may be shown to a person. */
export class CredentialError extends Error {
  override readonly name = "CredentialError";
  /** Stable machine word. */
  readonly code: CredentialErrorCode;
  /** What to do about it. */
  readonly hint: string;
  /** The contexts to choose from, with `context-required` and `unknown-context`. */
  readonly contexts: readonly string[];
  constructor(code: CredentialErrorCode, message: string, hint: string, contexts: readonly string[] = []) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.contexts = contexts;
  }
}
