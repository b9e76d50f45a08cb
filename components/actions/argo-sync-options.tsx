"use client";
import { useId, useState } from "react";
import type { ArgocdDetail } from "#lib/api/argocd-contract.ts";
import type { ActionRequest } from "#lib/model/action.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Input } from "#components/ui/input.tsx";
import { argoSyncOptions, isOn, withRevision, type ArgoSyncChoice } from "./argo-sync-choice.ts";

type Props = { choices: ArgocdDetail; value: ArgoSyncChoice; onChange: (value: ArgoSyncChoice) => void };

/** What else a sync by Argo CD can be told: to which revision, and how to apply. Sync options of the spec hold unless they are changed here. */
export function ArgoSyncOptions({ choices, value, onChange }: Props) {
  return (
    <details className="border-b border-line px-4 py-2">
      <summary className="w-fit cursor-pointer rounded-sm text-muted hover:text-ink">More options</summary>
      <div className="grid gap-3 py-2 sm:grid-cols-2">
        {argoSyncOptions.map(({ key, label, hint }) => (
          <Checkbox
            key={key}
            checked={isOn(key, value, choices)}
            onChange={(checked) => onChange({ ...value, [key]: checked })}
            hint={hint}
          >
            {label}
          </Checkbox>
        ))}
        {choices.sources.map(({ name, targetRevision }, index) => (
          <RevisionField
            key={index}
            label={choices.sources.length === 1 ? "Revision" : `Revision of ${name}`}
            placeholder={targetRevision}
            value={revisionsIn(value)[index] ?? ""}
            onChange={(revision) => onChange(withRevision(value, choices, index, revision))}
          />
        ))}
      </div>
    </details>
  );
}

function revisionsIn({ revision, revisions }: ActionRequest): readonly string[] {
  return revisions ?? [revision ?? ""];
}

/** Taken when it is left or confirmed: each change has the cluster asked for a preview. */
function RevisionField(props: {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const [text, setText] = useState(props.value);
  const id = useId();
  const commit = (): void => {
    if (text.trim() !== props.value) props.onChange(text.trim());
  };
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block font-medium">
        {props.label}
      </label>
      <Input
        id={id}
        value={text}
        maxLength={512}
        spellCheck={false}
        autoComplete="off"
        placeholder={`${props.placeholder} (target revision)`}
        className="mono"
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
        }}
      />
    </div>
  );
}
