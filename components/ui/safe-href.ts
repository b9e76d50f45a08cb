/** Says whether an address may become a link: relative to this site, or http(s); undefined when it may not. */
export function safeHref(href: string): { href: string; external: boolean } | undefined {
  if (/^\/(?![/\\])/.test(href)) return { href, external: false };
  if (!/^https?:\/\//i.test(href) || !URL.canParse(href)) return undefined;
  return { href: new URL(href).href, external: true };
}

/** Where a person may be sent after logging in: a path of this site, else the list. */
export function safeNext(next: string | null | undefined): string {
  if (next === null || next === undefined || next.startsWith("/login") || /\p{Cc}/u.test(next)) return "/overview";
  return safeHref(next)?.external === false ? next : "/overview";
}
