"use client";
import { FileUp } from "lucide-react";
import { useId, useRef, useState, type DragEvent } from "react";
import { Button } from "#components/ui/button.tsx";
import { cx } from "#components/ui/cx.ts";
import { Command } from "#components/ui/command.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { ContextChoice } from "./context-choice.tsx";
import type { LoginFormProps } from "./login-ways.tsx";

/** Largest kubeconfig that the server takes. */
const limit = 1_048_576;

/** Logs in with a kubeconfig: pasted, chosen as a file, or dropped. */
export function KubeconfigForm({ submit, busy, contexts }: LoginFormProps) {
  const [text, setText] = useState("");
  const [over, setOver] = useState(false);
  const [fault, setFault] = useState<string>();
  const [context, setContext] = useState<string>();
  const file = useRef<HTMLInputElement>(null);
  const id = useId();

  async function take(files: FileList | null) {
    const first = files?.[0];
    if (first === undefined) return;
    if (first.size > limit) {
      setFault(`${first.name} is ${Math.ceil(first.size / 1024)} KiB; a kubeconfig of at most 1,024 KiB can be used.`);
      return;
    }
    setFault(undefined);
    setText(await first.text());
  }
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files);
  }
  const choice = context ?? contexts?.[0];
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "" && !busy)
          submit({ kubeconfig: text, ...(contexts && choice !== undefined && { context: choice }) });
      }}
    >
      {contexts ? (
        <ContextChoice
          contexts={contexts.map((name) => ({ name }))}
          value={choice}
          onChange={setContext}
          legend="This kubeconfig has several contexts. Which one?"
        />
      ) : (
        <div>
          <div className="mb-1 flex items-end justify-between">
            <label htmlFor={id} className="font-medium">
              Kubeconfig
            </label>
            <Button
              look="ghost"
              icon={<FileUp aria-hidden className="size-4" />}
              onClick={() => file.current?.click()}
              className="-mr-2 text-accent"
            >
              Choose a file
            </Button>
            <input
              ref={file}
              type="file"
              tabIndex={-1}
              aria-label="Kubeconfig file"
              className="sr-only"
              onChange={(event) => void take(event.target.files)}
            />
          </div>
          <Textarea
            id={id}
            required
            rows={8}
            spellCheck={false}
            autoComplete="off"
            value={text}
            aria-invalid={fault !== undefined || undefined}
            aria-describedby={`${id}-hint`}
            placeholder={"Paste it here, or drop the file"}
            onChange={(event) => setText(event.target.value)}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={drop}
            className={cx("mono resize-y", over && "border-dashed border-accent bg-selected")}
          />
          <p
            id={`${id}-hint`}
            role={fault === undefined ? undefined : "alert"}
            className={cx("mt-1.5 text-xs", fault === undefined ? "text-muted" : "text-bad")}
          >
            {fault ?? "Tokens and client certificates must be inside it. One that has them all comes from:"}
          </p>
          {fault === undefined && <Command text="kubectl config view --minify --flatten --raw" />}
        </div>
      )}
      <Button type="submit" look="primary" busy={busy} size="large">
        {busy ? "Asking the cluster…" : contexts ? `Log in to ${choice ?? ""}` : "Log in"}
      </Button>
    </form>
  );
}
