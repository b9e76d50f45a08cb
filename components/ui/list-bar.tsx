import { ArrowDownUp, X } from "lucide-react";
import { Button } from "./button.tsx";
import { countWords } from "./count-words.ts";

/** What stands at the end of a list's bar: a new order that waits, the way out of all filters, and how many rows are left. */
export function ListTally(props: {
  shown: number;
  total: number;
  /** Lets go of everything that narrows the list; absent where nothing does. */
  clear: (() => void) | undefined;
  /** Another order is waiting; calling it shows it. */
  resort: (() => void) | undefined;
}) {
  const { shown, total, clear, resort } = props;
  return (
    <>
      {resort && (
        <Button
          look="ghost"
          className="max-md:hidden"
          icon={<ArrowDownUp aria-hidden className="size-3.5" />}
          onClick={resort}
        >
          Order has changed: sort now
        </Button>
      )}
      {clear && (
        <Button look="ghost" icon={<X aria-hidden className="size-3.5" />} onClick={clear}>
          Clear
        </Button>
      )}
      <span role="status" className="tabular whitespace-nowrap text-muted">
        {shown === total ? countWords(total) : `${countWords(shown)} of ${countWords(total)}`}
      </span>
    </>
  );
}
