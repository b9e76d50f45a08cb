"use client";
import { Bookmark, Trash2 } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useId, useState } from "react";
import { inCluster } from "#components/live/paths.ts";
import { Button, buttonClass, IconButton } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy.tsx";
import { cx } from "#components/ui/cx.ts";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { useSavedViews, viewQuery, type SavedView } from "./saved-views.ts";

/** The views that this browser keeps of the list: to go to, to share as an address, to delete; and the present one to keep. */
export function ViewsMenu() {
  const { views, save, remove } = useSavedViews();
  const present = viewQuery(useSearchParams().toString());
  const here = views.find(({ query }) => query === present);
  return (
    <Popover
      title="Saved views"
      className="w-80 max-w-[calc(100vw-2rem)]"
      trigger={
        <button
          type="button"
          className={cx(buttonClass("plain", "max-w-44 font-normal"), here && "border-accent bg-selected")}
        >
          <Bookmark aria-hidden className="size-3.5 shrink-0 text-muted" />
          <span className="truncate">{here?.name ?? "Views"}</span>
        </button>
      }
    >
      {(close) => (
        <>
          {views.length === 0 ? (
            <p className="px-3 py-2.5 text-muted">
              Search, filter, sort or group the list, then keep it here under a name.
            </p>
          ) : (
            <ul aria-label="Saved views" className="max-h-72 overflow-y-auto p-1">
              {views.map((view) => (
                <ViewLine key={view.name} view={view} here={view === here} close={close} save={save} remove={remove} />
              ))}
            </ul>
          )}
          <SaveForm query={present} taken={views.map(({ name }) => name)} save={save} />
        </>
      )}
    </Popover>
  );
}

type LineProps = {
  view: SavedView;
  here: boolean;
  close: () => void;
  save: (view: SavedView) => void;
  remove: (name: string) => void;
};

function ViewLine({ view, here, close, save, remove }: LineProps) {
  const toast = useToast();
  const path = inCluster(view.query === "" ? "/apps" : `/apps?${view.query}`);
  return (
    <li className={cx("flex items-center rounded-sm hover:bg-hover", here && "bg-selected")}>
      <button
        type="button"
        aria-current={here || undefined}
        title={view.query === "" ? "Everything" : decodeURIComponent(view.query.replaceAll("+", " "))}
        onClick={() => {
          history.pushState(null, "", path);
          close();
        }}
        className="min-w-0 flex-1 truncate rounded-sm px-2 py-1 text-left font-medium"
      >
        {view.name}
      </button>
      <CopyButton text={new URL(path, location.origin).href} label={`Copy the address of ${view.name}`} />
      <IconButton
        label={`Delete ${view.name}`}
        onClick={() => {
          remove(view.name);
          toast({ title: `View “${view.name}” deleted`, undo: { label: "Undo", run: () => save(view) } });
        }}
      >
        <Trash2 aria-hidden className="size-3.5" />
      </IconButton>
    </li>
  );
}

function SaveForm(props: { query: string; taken: readonly string[]; save: (view: SavedView) => void }) {
  const [name, setName] = useState("");
  const id = useId();
  const trimmed = name.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (trimmed === "") return;
        props.save({ name: trimmed, query: props.query });
        setName("");
      }}
      className="flex items-center gap-2 border-t border-line p-2"
    >
      <label htmlFor={id} className="sr-only">
        Name of this view
      </label>
      <Input
        id={id}
        value={name}
        maxLength={60}
        placeholder="Name of this view"
        onChange={(event) => setName(event.target.value)}
        className="h-7 min-w-0 flex-1"
      />
      <Button type="submit" unavailable={trimmed === "" ? "It needs a name" : undefined}>
        {props.taken.includes(trimmed) ? "Replace" : "Save"}
      </Button>
    </form>
  );
}
