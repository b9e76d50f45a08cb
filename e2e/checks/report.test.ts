import { describe, expect, it } from "vitest";
import { readPlaywrightReport, readVitestReport } from "../report.ts";

describe("a report of Vitest", () => {
  it("names what failed by its file and why, and counts what did not run as failed", () => {
    const report = readVitestReport(
      {
        numPassedTests: 1,
        numFailedTests: 1,
        numPendingTests: 1,
        testResults: [
          {
            name: "/project/lib/a.test.ts",
            status: "failed",
            assertionResults: [
              { fullName: "a holds", status: "passed", meta: { secondTry: true } },
              { fullName: "b holds", status: "failed", failureMessages: ["expected 1 to be 2\n    at line 3"] },
              { fullName: "c holds", status: "skipped" },
            ],
          },
        ],
      },
      "/project",
    );
    expect(report).toEqual({
      passed: 1,
      failed: 2,
      failures: ["lib/a.test.ts › b holds: expected 1 to be 2", "lib/a.test.ts › c holds: skipped"],
      secondTry: ["lib/a.test.ts › a holds: passed"],
    });
  });

  it("names a file that does not load", () => {
    const report = readVitestReport(
      {
        testResults: [
          { name: "/project/lib/a.test.ts", status: "failed", message: "no such module\n…", assertionResults: [] },
        ],
      },
      "/project",
    );
    expect(report.failures).toEqual(["lib/a.test.ts: no such module"]);
  });
});

describe("a report of Playwright", () => {
  const spec = (title: string, status: "expected" | "unexpected" | "flaky" | "skipped", message?: string) => ({
    title,
    file: "01-login.spec.ts",
    tests: [{ status, results: [message === undefined ? {} : { error: { message } }] }],
  });

  it("counts what passed on the second try as passed, and names it", () => {
    const report = readPlaywrightReport({
      stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 0 },
      suites: [
        {
          title: "01-login.spec.ts",
          specs: [spec("logs in", "expected")],
          suites: [
            {
              title: "logging out",
              specs: [spec("is late", "flaky", "Timeout\nat"), spec("is wrong", "unexpected", "Error: x")],
            },
          ],
        },
      ],
    });
    expect(report).toEqual({
      passed: 2,
      failed: 1,
      failures: ["01-login.spec.ts › is wrong: Error: x"],
      secondTry: ["01-login.spec.ts › is late: Timeout"],
    });
  });

  it("counts a skipped test as failed", () => {
    const report = readPlaywrightReport({
      stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 1 },
      suites: [{ title: "01-login.spec.ts", specs: [spec("is left out", "skipped")] }],
    });
    expect(report).toMatchObject({ failed: 1, failures: ["01-login.spec.ts › is left out: skipped"] });
  });
});
