/** A bearer token that is renewed from time to time, such as an id token of an OpenID provider. */
export interface TokenSource {
  /**
   * The token of the moment.
   * @throws KubeError 401 once it can't be renewed any more, 0 while whoever renews it does not answer
   */
  current(): Promise<string>;
  /** The API server has refused this token: get another one, unless there is another already. False when there is none to get. */
  renew(refused: string): boolean;
  /** Takes the login back where it came from, so that nobody renews it any more. Never throws. */
  revoke?(): Promise<void>;
}
