"use client";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";

const groups: Array<[title: string, keys: Array<[keys: string[], does: string]>]> = [
  [
    "Everywhere",
    [
      [["g", "o"], "Overview"],
      [["g", "l"], "Applications, the list"],
      [["g", "d"], "Drift"],
      [["g", "s"], "Sources"],
      [["g", "a"], "Activity"],
      [["⌘/Ctrl", "K"], "Go to anything, do anything"],
      [["?"], "This sheet"],
      [["Esc"], "Back out one level"],
    ],
  ],
  [
    "Lists",
    [
      [["/"], "Filter: words, or fields such as ns:prod"],
      [["Tab"], "Take a suggestion"],
      [["Enter"], "From the filter to the list"],
      [["j"], "Down"],
      [["k"], "Up"],
      [["Enter"], "Open, or fold a group"],
      [["x"], "Select, or let go"],
      [["Shift", "click"], "Select all from the last one on"],
      [["s"], "Sync what is selected"],
      [["Esc"], "Let go of the selection, then of the filters"],
    ],
  ],
  [
    "An application",
    [
      [["s"], "Sync"],
      [["r"], "Roll back"],
      [["d"], "Drift"],
      [["h"], "History"],
      [["l"], "Logs"],
      [["e"], "Events"],
      [["m"], "Manifest"],
      [["o"], "Overview"],
      [["Esc"], "To the list"],
    ],
  ],
];

/** Every key there is, on one sheet. */
export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Keyboard" as="wide">
      <div className="grid gap-x-8 gap-y-5 p-4 sm:grid-cols-2 lg:grid-cols-3">
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3 className="mb-2 text-xs font-medium text-muted">{title}</h3>
            <dl className="flex flex-col gap-1.5">
              {keys.map(([combination, does]) => (
                <div key={does} className="flex items-center justify-between gap-4">
                  <dt>{does}</dt>
                  <dd className="flex gap-1">
                    {combination.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
