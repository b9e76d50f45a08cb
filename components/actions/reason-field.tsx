"use client";
import { useId } from "react";
import { Input } from "#components/ui/input.tsx";

/** Why a person does something: optional, recorded where the engine can record it. Stands at the foot of every dialog that acts. */
export function ReasonField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="sr-only">
        Reason
      </label>
      <Input
        id={id}
        value={value}
        maxLength={1000}
        onChange={(event) => onChange(event.target.value)}
        placeholder="Reason, for those who ask later (optional)"
        className="h-7 min-w-40 flex-1 max-sm:basis-full sm:max-w-md"
      />
    </>
  );
}
