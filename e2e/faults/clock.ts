/** What a process of Node.js needs in its environment to take the time for so many milliseconds later (or earlier) than it is, as a machine whose clock is wrong. */
export function clockOff(milliseconds: number): Record<string, string> {
  // `parse` and `UTC` are its own, not inherited: Next.js copies what a Date has itself.
  const script = `
    const { now } = Date;
    const Real = Date;
    globalThis.Date = class Date extends Real {
      constructor(...given) { if (given.length === 0) super(now() + (${milliseconds})); else super(...given); }
      static parse = Real.parse;
      static UTC = Real.UTC;
      static now() { return now() + (${milliseconds}); }
    };`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
}
