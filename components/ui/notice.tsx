import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { Glyph, type GlyphName } from "./glyph.tsx";
import { toneText, toneTint, type Tone } from "./tone.ts";

/** A strip across the page that says one thing a person should know. */
export function Banner(props: {
  tone: Tone;
  glyph: GlyphName;
  children: ReactNode;
  action?: ReactNode;
  role?: "status" | "alert";
}) {
  return (
    <div
      role={props.role}
      className={cx("flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md px-3 py-2", toneTint[props.tone])}
    >
      <div className="flex min-w-0 flex-1 basis-64 items-start gap-2">
        <Glyph name={props.glyph} className="mt-[3px]" />
        <div className="min-w-0 [overflow-wrap:anywhere] text-ink">{props.children}</div>
      </div>
      {props.action}
    </div>
  );
}

/** Stands where content would be: says what is not there, why, and what to do next. */
export function Placeholder(props: {
  glyph: GlyphName;
  tone?: Tone;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  role?: "status" | "alert";
}) {
  return (
    <div role={props.role} className="mx-auto flex max-w-lg flex-col items-center px-6 py-16 text-center">
      <Glyph name={props.glyph} className={cx("size-6", toneText[props.tone ?? "idle"])} />
      <h2 className="mt-3 text-base font-semibold">{props.title}</h2>
      {props.children !== undefined && (
        <div className="mt-1 text-balance text-muted [overflow-wrap:anywhere]">{props.children}</div>
      )}
      {props.action !== undefined && <div className="mt-4 flex flex-wrap justify-center gap-2">{props.action}</div>}
    </div>
  );
}
