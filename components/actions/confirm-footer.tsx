"use client";
import type { RefObject } from "react";
import { ProblemBanner } from "#components/live/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { ReasonField } from "./reason-field.tsx";

type Props = {
  /** Why the last try was in vain. */
  error?: unknown;
  reason: string;
  onReason: (reason: string) => void;
  cancel: RefObject<HTMLButtonElement | null>;
  onCancel: () => void;
  /** Something is lost by it. */
  dangerous: boolean;
  busy?: boolean | undefined;
  /** Why it can't be confirmed, in words. */
  unavailable: string | undefined;
  /** Gets the reason; empty where the person gives none. */
  onConfirm: (reason: string) => void;
  /** In a wide dialog the reason stays at the left. */
  wide?: boolean;
  /** What is confirmed. */
  children: string;
};

/** The foot of every dialog that acts: what went wrong, why it is done, and the two ways out. */
export function ConfirmFooter({ cancel, onCancel, onConfirm, ...props }: Props) {
  return (
    <>
      {Boolean(props.error) && (
        <div className="mb-1 basis-full">
          <ProblemBanner error={props.error} />
        </div>
      )}
      <ReasonField value={props.reason} onChange={props.onReason} />
      {props.wide && <span className="hidden flex-1 sm:block" />}
      <Button ref={cancel} onClick={onCancel}>
        Cancel
      </Button>
      <Button
        look={props.dangerous ? "danger" : "primary"}
        busy={props.busy}
        unavailable={props.unavailable}
        onClick={() => onConfirm(props.reason.trim())}
      >
        {props.children}
      </Button>
    </>
  );
}
