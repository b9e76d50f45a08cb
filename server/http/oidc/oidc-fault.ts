/** Why a provider did not give tokens. `revoked`: the person has to log in again. */
type OidcFaultCode = "denied" | "revoked" | "unreachable" | "refused";

/** A fault at the identity provider. Its message holds no token. */
export class OidcFault extends Error {
  override readonly name = "OidcFault";
  readonly code: OidcFaultCode;
  constructor(code: OidcFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Whether an error is an {@link OidcFault}: by shape, as start-up code and route handlers each have a class of their own. */
export function isOidcFault(error: unknown): error is OidcFault {
  return error instanceof Error && error.name === "OidcFault";
}
