/** Something that is done a frame later. */
export interface AfterPaint<T> {
  (value: T): void;
  /** Whether it has still to be done. */
  readonly pending: () => boolean;
}

/**
 * Does something with the last of several values once the browser has painted what came of it: what need not be seen at once does not hold it up. It is done
 * before whoever acts again goes elsewhere: clicks, or presses a key that writes nothing.
 */
export function afterPaint<T>(run: (value: T) => void): AfterPaint<T> {
  let last: { value: T } | undefined;
  const flush = (): void => {
    if (!last) return;
    const { value } = last;
    last = undefined;
    removeEventListener("click", flush, true);
    removeEventListener("keydown", onKey, true);
    run(value);
  };
  const onKey = ({ key }: KeyboardEvent): void => {
    if (key.length > 1) flush();
  };
  const later = (value: T): void => {
    if (!last) {
      addEventListener("click", flush, true);
      addEventListener("keydown", onKey, true);
      requestAnimationFrame(() => setTimeout(flush));
    }
    last = { value };
  };
  return Object.assign(later, { pending: () => last !== undefined });
}
