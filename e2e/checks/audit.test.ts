import { describe, expect, it } from "vitest";
import { readAudit } from "../audit.ts";

const report = (vulnerabilities: object, total: number): string =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: { vulnerabilities: { total, high: total } } });

describe("an audit of the packages", () => {
  it("is clean when the registry has counted nothing", () => {
    expect(readAudit(report({}, 0))).toEqual({ kind: "clean" });
  });

  it("names each package with what is wrong with it", () => {
    const vulnerabilities = {
      left: { severity: "high", range: "<2.0.0", via: [{ title: "Reads files", url: "https://example.com/1" }] },
      right: { severity: "low", range: "*", via: ["left"] },
    };
    expect(readAudit(report(vulnerabilities, 2))).toEqual({
      kind: "found",
      findings: ["left <2.0.0 (high): Reads files https://example.com/1", "right * (low): by left"],
    });
  });

  it.each([
    [
      JSON.stringify({ message: "405 Method Not Allowed - POST https://registry.example.com/x", statusCode: 405 }),
      "405 Method Not Allowed",
    ],
    ["", "npm audit printed no report"],
    ["{}", "npm audit printed something else than a report"],
    [JSON.stringify({ metadata: {} }), "npm audit printed something else than a report"],
  ])("does not pass for clean when the registry has answered %s", (output, why) => {
    expect(readAudit(output)).toEqual({ kind: "unanswered", why });
  });
});
