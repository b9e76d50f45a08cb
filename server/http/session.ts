import type { ClusterCredentials } from "#server/kube/credentials.ts";
import type { Identity } from "#server/kube/identity.ts";
import type { ProxyUser } from "./proxy-user.ts";
import type { ViewLease } from "./runtime-interface.ts";

/** Credentials that a cluster has recognised. */
export interface Recognised {
  readonly credentials: ClusterCredentials;
  readonly identity: Identity;
  /** When the credentials themselves expire, if that is known; milliseconds since 1970. */
  readonly expiresAt?: number;
  /** Whom the proxy in front has named, where it logs people in. */
  readonly proxyUser?: ProxyUser;
}

/** What a person may use in one cluster. */
export interface ClusterLogin extends Recognised {
  readonly name: string;
  readonly version?: string;
  /** Replaced when the view had to be opened again. */
  lease: ViewLease;
}

/** One cluster of a session. */
export interface SessionCluster extends ClusterLogin {
  /** Aborted with the reason, in words, when the person is no longer logged in to this cluster. */
  readonly ended: AbortSignal;
  /** When it was last asked who this is, if that was later than the login; milliseconds since 1970. */
  askedAt?: number;
}

/** A logged-in person. Holds credentials: never logged, never serialised. */
export interface Session {
  /** Hash of the id that the cookie holds. */
  readonly key: string;
  /** Another hash of it: what is kept of the session elsewhere can be opened with it alone. */
  readonly sealing: string;
  readonly clusters: ReadonlyMap<string, SessionCluster>;
  /** Name of the cluster that answers when none is asked for. */
  readonly cluster: string;
  /** Who the person was in clusters that they are no longer logged in to, by name, and why in words. */
  readonly lost: ReadonlyMap<string, { readonly reason: string; readonly identity: Identity }>;
  /** Whether it was made over HTTPS; its cookie then has the `__Host-` name and no other is taken. */
  readonly secure: boolean;
  /** When it ends whatever happens; milliseconds since 1970. */
  readonly expiresAt: number;
  /** Aborted with the reason, in words, when it ends. */
  readonly ended: AbortSignal;
  lastUsed: number;
  /** When its credentials were last seen to work, and the check under way. */
  checkedAt: number;
  checking?: Promise<string | undefined>;
}

/** What a session is made of. */
export interface NewSession {
  readonly clusters: readonly ClusterLogin[];
  readonly secure: boolean;
}

/** What a session that began in another process goes on with. */
export interface RestoredSession extends NewSession {
  readonly cluster: string;
  readonly lost: Session["lost"];
  readonly expiresAt: number;
}

/** Told of all that happens to sessions, where they are kept elsewhere, too. */
export interface SessionObserver {
  changed(session: Session): void;
  /** The session goes on under another key. */
  renamed(session: Session, before: string): void;
  ended(session: Session, reason: string): void;
}

/** Makes the ids that cookies hold. */
export interface SessionIds {
  create(): string;
}

/** Lifetimes in milliseconds. */
export interface SessionLifetimes {
  readonly idle: number;
  readonly absolute: number;
}
