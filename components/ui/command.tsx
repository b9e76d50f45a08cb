import { CopyButton } from "./copy.tsx";

/** A command to run elsewhere, on a line of its own. */
export function Command({ text }: { text: string }) {
  return (
    <div className="mt-1.5 flex items-center rounded-md border border-line bg-sunken pl-2.5">
      <code className="mono min-w-0 flex-1 overflow-x-auto whitespace-nowrap text-ink [scrollbar-width:none]">
        {text}
      </code>
      <CopyButton text={text} label="Copy the command" />
    </div>
  );
}
