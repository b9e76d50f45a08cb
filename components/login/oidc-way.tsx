import { buttonClass } from "#components/ui/button.tsx";

/** Leads to the identity provider, and back. A link and not a request: its pages are elsewhere. */
export function OidcWay({ name, next, newTab = false }: { name: string; next: string; newTab?: boolean | undefined }) {
  return (
    <>
      <p className="text-muted">
        You log in at <span className="font-medium text-ink">{name}</span>. The cluster gets what it says about you, and
        decides what you may see and do.
      </p>
      <a
        href={`/api/v1/oidc/login?next=${encodeURIComponent(next)}`}
        {...(newTab && { target: "_blank", rel: "opener" })}
        className={buttonClass("primary", undefined, "large")}
      >
        Continue with {name}
      </a>
    </>
  );
}
