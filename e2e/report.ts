/** What a test runner's JSON report says: counts, and the names of the tests that a person should look at. */
export interface SuiteReport {
  readonly passed: number;
  /** Failed, skipped and left-open tests: a test that did not run shows nothing, so it counts as failed here. */
  readonly failed: number;
  /** The failed ones as `file › test`, with the first line of why. */
  readonly failures: readonly string[];
  /** Tests that passed only when they were run a second time. They count as passed, and are named so that nobody overlooks them. */
  readonly secondTry: readonly string[];
}

/** The parts of Vitest's JSON report that are read. */
export interface VitestReport {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numPendingTests?: number;
  readonly numTodoTests?: number;
  readonly testResults?: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
      readonly meta?: { readonly secondTry?: boolean };
    }[];
  }[];
}

/** Reads the report of Vitest's `json` reporter. Throws nothing on missing parts: they count as nothing. */
export function readVitestReport(json: VitestReport, root: string): SuiteReport {
  const failures: string[] = [];
  const secondTry: string[] = [];
  for (const file of json.testResults ?? []) {
    const name = file.name.replace(`${root}/`, "");
    const failed = file.assertionResults.filter((test) => test.status !== "passed");
    const lineOf = (test: (typeof failed)[number]): string =>
      `${name} › ${test.fullName}: ${firstLine(test.failureMessages?.[0]) || test.status}`;
    failures.push(...failed.map(lineOf));
    secondTry.push(
      ...file.assertionResults.filter((test) => test.meta?.secondTry && test.status === "passed").map(lineOf),
    );
    if (file.status === "failed" && failed.length === 0) failures.push(`${name}: ${firstLine(file.message)}`);
  }
  return {
    passed: json.numPassedTests ?? 0,
    failed: (json.numFailedTests ?? 0) + (json.numPendingTests ?? 0) + (json.numTodoTests ?? 0),
    failures,
    secondTry,
  };
}

interface PlaywrightSuite {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly {
      readonly status: "expected" | "unexpected" | "flaky" | "skipped";
      readonly results: readonly { readonly error?: { readonly message?: string } }[];
    }[];
  }[];
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly suites?: readonly PlaywrightSuite[];
}

/** Reads the report of Playwright's `json` reporter. */
export function readPlaywrightReport(json: PlaywrightReport): SuiteReport {
  const failures: string[] = [];
  const secondTry: string[] = [];
  const visit = (suite: PlaywrightSuite): void => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const line = `${spec.file} › ${spec.title}: ${firstLine(test.results[0]?.error?.message) || test.status}`;
        if (test.status === "flaky") secondTry.push(line);
        else if (test.status !== "expected") failures.push(line);
      }
    }
    for (const inner of suite.suites ?? []) visit(inner);
  };
  for (const suite of json.suites ?? []) visit(suite);
  const { expected, unexpected, flaky, skipped } = json.stats;
  return { passed: expected + flaky, failed: unexpected + skipped, failures, secondTry };
}

function firstLine(text: string | undefined): string {
  return (text ?? "").split("\n", 1)[0]?.trim() ?? "";
}
