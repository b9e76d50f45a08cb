const name = "driftglass logins";

/** Tells the browser's other tabs that somebody has logged in. */
export function tellLogin(): void {
  if (typeof BroadcastChannel === "undefined") return;
  const channel = new BroadcastChannel(name);
  const tell = channel.postMessage.bind(channel);
  tell("login");
  channel.close();
}

/** Hears of logins in other tabs. Returns what stops listening. */
export function hearLogins(listener: () => void): () => void {
  if (typeof BroadcastChannel === "undefined") return () => undefined;
  const channel = new BroadcastChannel(name);
  channel.addEventListener("message", listener);
  return () => channel.close();
}
