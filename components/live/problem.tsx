"use client";
import type { ReactNode } from "react";
import { problemOf } from "#lib/api/errors.ts";
import { Button } from "#components/ui/button.tsx";
import { Banner, Placeholder } from "#components/ui/notice.tsx";

/** An error where content would be: the thing, the cause, the next step. `way` leads elsewhere. */
export function ProblemPlaceholder({ error, onRetry, way }: { error: unknown; onRetry?: () => void; way?: ReactNode }) {
  const { title, detail, hint, status } = problemOf(error);
  return (
    <Placeholder
      glyph={status === 403 || status === 404 ? "Missing" : "Degraded"}
      tone={status === 403 || status === 404 ? "idle" : "bad"}
      role="alert"
      title={title}
      action={
        (onRetry !== undefined || way !== undefined) && (
          <>
            {onRetry && <Button onClick={onRetry}>Try again</Button>}
            {way}
          </>
        )
      }
    >
      {detail !== undefined && detail !== title && <p>{detail}</p>}
      {hint !== undefined && <p className="mt-1">{hint}</p>}
    </Placeholder>
  );
}

/** The same as a strip, where there is other content too. */
export function ProblemBanner({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { title, detail, hint } = problemOf(error);
  return (
    <Banner tone="bad" glyph="Degraded" role="alert" action={onRetry && <Button onClick={onRetry}>Try again</Button>}>
      <span className="font-medium">{title}</span>
      {detail !== undefined && detail !== title && <span className="block">{detail}</span>}
      {hint !== undefined && <span className="block text-muted">{hint}</span>}
    </Banner>
  );
}
