import { hasSameSecrets, type ClusterCredentials } from "#server/kube/credentials.ts";
import { identityKey, type Identity } from "#server/kube/identity.ts";
import type { ClusterView } from "./view.ts";

/** A share in a view; the view closes when nobody holds one any more. */
export interface Lease {
  readonly view: ClusterView;
  /** The credentials of whoever opened it: those of this person, though not always of this session. */
  readonly openedWith: ClusterCredentials;
  release(): void;
}

interface Entry {
  readonly view: ClusterView;
  /** What its watches run with. */
  readonly credentials: ClusterCredentials;
  leases: number;
  closing: NodeJS.Timeout | undefined;
}

/** How long a view stays open without sessions, so that logging in again right away costs nothing; milliseconds. */
const lingerTime = 60_000;

/**
 * The cluster views by cluster and identity. Nothing is shared between identities: a view's watches run with the credentials of a
 * person whom the API server has named the same.
 */
export class Views {
  readonly #open: (credentials: ClusterCredentials, identity: Identity) => Promise<ClusterView>;
  readonly #entries = new Map<string, Promise<Entry>>();
  readonly #views = new Map<string, ClusterView>();
  readonly #linger: number;

  constructor(
    open: (credentials: ClusterCredentials, identity: Identity) => Promise<ClusterView>,
    linger = lingerTime,
  ) {
    this.#open = open;
    this.#linger = linger;
  }

  /** Number of open views. */
  get size(): number {
    return this.#entries.size;
  }

  /** Every view that is open by now. */
  all(): Iterable<ClusterView> {
    return this.#views.values();
  }

  /** A share in the view of this identity, which is opened when there is none. @throws what opening throws */
  async acquire(credentials: ClusterCredentials, identity: Identity): Promise<Lease> {
    const key = JSON.stringify([...wayTo(credentials), identityKey(identity)]);
    await this.#closeOutdated(key, credentials);
    let opening = this.#entries.get(key);
    if (!opening) {
      opening = this.#create(key, credentials, identity);
      this.#entries.set(key, opening);
    }
    const entry = await opening;
    entry.leases += 1;
    clearTimeout(entry.closing);
    let released = false;
    return {
      view: entry.view,
      openedWith: entry.credentials,
      release: () => {
        if (released) return;
        released = true;
        entry.leases -= 1;
        if (entry.leases === 0) this.#closeLater(key, opening, entry);
      },
    };
  }

  /** A view that lingers is for whoever comes back with the same credentials: others may have been revoked with the session that brought them. */
  async #closeOutdated(key: string, credentials: ClusterCredentials): Promise<void> {
    const entry = await this.#entries.get(key);
    if (entry?.leases !== 0 || hasSameSecrets(entry.credentials, credentials)) return;
    if (this.#views.get(key) === entry.view) this.#forget(key);
    void close(entry);
  }

  /** Closes all views, when the server stops. */
  async closeAll(): Promise<void> {
    const entries = await Promise.allSettled(this.#entries.values());
    this.#entries.clear();
    await Promise.allSettled(entries.flatMap((entry) => (entry.status === "fulfilled" ? [close(entry.value)] : [])));
  }

  #forget(key: string): void {
    this.#entries.delete(key);
    this.#views.delete(key);
  }

  async #create(key: string, credentials: ClusterCredentials, identity: Identity): Promise<Entry> {
    try {
      const view = await this.#open(credentials, identity);
      const entry: Entry = { view, credentials, leases: 0, closing: undefined };
      // Whoever comes next, with credentials that work, gets a new one.
      void view.ended.then(() => {
        if (this.#views.get(key) === view) this.#forget(key);
        return close(entry);
      });
      this.#views.set(key, view);
      return entry;
    } catch (error) {
      this.#entries.delete(key);
      throw error;
    }
  }

  #closeLater(key: string, opening: Promise<Entry>, entry: Entry): void {
    entry.closing = setTimeout(() => {
      if (this.#entries.get(key) === opening) this.#forget(key);
      void close(entry);
    }, this.#linger);
    entry.closing.unref();
  }
}

async function close(entry: Entry): Promise<void> {
  clearTimeout(entry.closing);
  await entry.view.close();
}

/**
 * Everything that decides who answers as the API server. A kubeconfig that checks no certificate, or takes another way, may meet somebody
 * who names any identity: that is shared with nobody who came by the right way.
 */
function wayTo(credentials: ClusterCredentials): unknown[] {
  const { server, cluster, ca = "", tlsServerName = "", skipTlsVerify = false, proxyUrl = "" } = credentials;
  return [server, cluster, ca, tlsServerName, skipTlsVerify, proxyUrl];
}
