import { describe, expect, it } from "vitest";
import { WrittenQueries } from "./written-queries.ts";

describe("addresses written a moment ago", () => {
  it("are begun from by the newest while the router shows an older one again", () => {
    const written = new WrittenQueries();
    expect(written.base("/activity", 0)).toBe("/activity");
    written.wrote("/activity?kind=failure", 0);
    expect(written.base("/activity?kind=failure", 50)).toBe("/activity?kind=failure");
    written.wrote("/activity?kind=failure&engine=helm", 50);
    expect(written.base("/activity?kind=failure", 120)).toBe("/activity?kind=failure&engine=helm");
  });

  it("count no more when another page, an address from elsewhere or a step back is shown", () => {
    const written = new WrittenQueries();
    written.wrote("/activity?kind=failure", 0);
    written.wrote("/activity?engine=helm", 10);
    expect(written.base("/drift", 20)).toBe("/drift");
    expect(written.base("/activity?q=by-a-link", 20)).toBe("/activity?q=by-a-link");
    expect(written.base("/activity?kind=failure", 2_000)).toBe("/activity?kind=failure");
    written.wrote("/activity?kind=failure", 3_000);
    written.wrote("/activity?engine=helm", 3_010);
    written.forget();
    expect(written.base("/activity?kind=failure", 3_020)).toBe("/activity?kind=failure");
  });

  it("are those that were written last, also when one is written again", () => {
    const written = new WrittenQueries();
    written.wrote("/a?x=1", 0);
    written.wrote("/a?x=2", 10);
    written.wrote("/a?x=1", 20);
    expect(written.base("/a?x=2", 30)).toBe("/a?x=1");
  });
});
