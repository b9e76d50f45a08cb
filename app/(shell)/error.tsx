"use client";
import { Button } from "#components/ui/button.tsx";
import { Placeholder } from "#components/ui/notice.tsx";

/** Something in the page itself broke; the shell around it still works. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Placeholder
      glyph="Degraded"
      tone="bad"
      role="alert"
      title="This page could not be drawn"
      action={<Button onClick={reset}>Try again</Button>}
    >
      {error.message}
      {error.digest !== undefined && <span className="mono block">{error.digest}</span>}
    </Placeholder>
  );
}
