import { setTimeout as sleep } from "node:timers/promises";
import { KubeError } from "#server/kube/client.ts";
import type { TokenSource } from "#server/kube/token-source.ts";
import type { Clock } from "../clock.ts";
import { isOidcFault } from "./oidc-fault.ts";

/** What a provider has given for a person. Holds secrets. */
export interface OidcTokens {
  readonly idToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly refreshToken?: string;
}

/** What a provider does with tokens that it has given. */
export interface Renewal {
  /** @throws OidcFault `revoked` when the person has to log in again */
  refresh(refreshToken: string): Promise<OidcTokens>;
  /** Tells the provider that nobody needs the refresh token any more. Never throws. */
  revoke(refreshToken: string): Promise<void>;
}

/** Whoever keeps tokens elsewhere, too, where another process may go on with them. */
export interface TokenKeeper {
  /** Asked before the refresh token, which works once, is used. @throws when another process may use it */
  confirm(): Promise<void>;
  /** There are new tokens. Never throws. */
  renewed(): Promise<void>;
}

/** How long before its end a token is renewed, and how long a provider that did not answer is left alone; milliseconds. */
const margin = 60_000;
const patience = 5_000;
/** Milliseconds after which a provider that did not answer is asked again while people wait, because the token has ended. */
const furtherTries = [200, 600, 1_800];
/** A token this new that the API server refuses is not renewed: the next one would be refused, too. */
const youth = 10_000;

/**
 * Id tokens of one person: renewed with the refresh token when they are used and near their end, once for all who ask. While the provider
 * can't be reached, the old one is good until it ends; whoever asks then waits for a few more tries.
 */
export class OidcTokenSource implements TokenSource {
  /** Resolves with the reason, in words, when the login can't be renewed any more. */
  readonly ended: Promise<string>;
  keeper: TokenKeeper | undefined;
  readonly #client: Renewal;
  readonly #clock: Clock;
  #tokens: OidcTokens;
  #obtainedAt: number;
  #refused = false;
  #askAgainAt = 0;
  #asking: Promise<void> | undefined;
  #over: string | undefined;
  #end: (reason: string) => void = () => undefined;

  constructor(tokens: OidcTokens, client: Renewal, clock: Clock) {
    this.#tokens = tokens;
    this.#client = client;
    this.#clock = clock;
    this.#obtainedAt = clock.now();
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  /** What the provider has given last. */
  get tokens(): OidcTokens {
    return this.#tokens;
  }

  async current(): Promise<string> {
    if (this.#over === undefined && this.#isDue()) {
      this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
      await this.#asking;
    }
    if (this.#over !== undefined) throw new KubeError(401, "Unauthorized", this.#over);
    if (this.#hasEnded())
      throw new KubeError(0, "Unreachable", "The identity provider does not answer, and your token has expired.");
    return this.#tokens.idToken;
  }

  renew(refused: string): boolean {
    const { idToken, refreshToken } = this.#tokens;
    // It was renewed, or has ended, while the request that it was refused to was under way.
    if (refused !== idToken || this.#hasEnded()) return true;
    if (refreshToken === undefined || this.#clock.now() - this.#obtainedAt < youth) return false;
    this.#refused = true;
    return true;
  }

  async revoke(): Promise<void> {
    const { refreshToken } = this.#tokens;
    this.#finish("You logged out.");
    if (refreshToken !== undefined) await this.#client.revoke(refreshToken);
  }

  #hasEnded(): boolean {
    return this.#clock.now() >= this.#tokens.expiresAt;
  }

  #isDue(): boolean {
    const now = this.#clock.now();
    const { expiresAt, refreshToken } = this.#tokens;
    if (refreshToken === undefined) return now >= expiresAt;
    if (now < this.#askAgainAt) return false;
    return this.#refused || expiresAt - now < Math.min(margin, (expiresAt - this.#obtainedAt) / 3);
  }

  async #ask(waits: readonly number[] = furtherTries): Promise<void> {
    const { refreshToken, expiresAt } = this.#tokens;
    if (refreshToken === undefined) return this.#finish("Your token has expired.");
    try {
      await this.keeper?.confirm();
      this.#tokens = await this.#client.refresh(refreshToken);
      this.#obtainedAt = this.#clock.now();
      this.#refused = false;
      await this.keeper?.renewed();
    } catch (error) {
      if (isOidcFault(error) && error.code === "revoked") return this.#finish(error.message);
      const [wait, ...later] = waits;
      if (this.#hasEnded() && wait !== undefined) {
        await sleep(wait);
        return await this.#ask(later);
      }
      const now = this.#clock.now();
      // Before it ends there is time for another try.
      this.#askAgainAt = now + (now < expiresAt ? Math.min(patience, (expiresAt - now) / 2) : patience);
    }
  }

  #finish(reason: string): void {
    this.#over ??= reason;
    this.#end(this.#over);
  }
}
