"use client";
import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";

type Option = { name: string; detail?: string | undefined };

/** One of several contexts, as a list of radios. */
export function ContextChoice(props: {
  contexts: Option[];
  value: string | undefined;
  onChange: (name: string) => void;
  legend: string;
}) {
  return (
    <fieldset>
      <legend className="mb-2 font-medium">{props.legend}</legend>
      <RadioGroup
        value={props.value ?? ""}
        onValueChange={(value) => props.onChange(value)}
        className="flex max-h-64 flex-col overflow-y-auto rounded-md border border-line"
      >
        {props.contexts.map((context) => (
          <label
            key={context.name}
            className="flex min-h-9 cursor-pointer items-center gap-2 border-b border-line px-3 py-1.5 last:border-0 hover:bg-hover has-data-checked:bg-selected"
          >
            <Radio.Root
              value={context.name}
              className="grid size-4 shrink-0 place-items-center rounded-full border border-field-line data-checked:border-accent"
            >
              <Radio.Indicator className="size-2 rounded-full bg-accent" />
            </Radio.Root>
            <span className="min-w-0">
              <span className="block [overflow-wrap:anywhere]">{context.name}</span>
              {context.detail !== undefined && (
                <span className="block text-xs text-muted [overflow-wrap:anywhere]">{context.detail}</span>
              )}
            </span>
          </label>
        ))}
      </RadioGroup>
    </fieldset>
  );
}
