import { z } from "zod";

/** What an audit of the packages that Driftglass ships came to. */
export type Audit =
  | { readonly kind: "clean" }
  | { readonly kind: "found"; readonly findings: readonly string[] }
  /** Nobody knows: the registry has no audit, or did not answer. */
  | { readonly kind: "unanswered"; readonly why: string };

const answerSchema = z.object({
  metadata: z.object({ vulnerabilities: z.object({ total: z.number() }) }),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.string(),
      range: z.string().optional(),
      via: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string().optional() })])),
    }),
  ),
});
const failureSchema = z.object({ message: z.string() });

/** Reads what `npm audit --json` has printed. An answer without counts is no clean one. */
export function readAudit(output: string): Audit {
  let json: unknown;
  try {
    json = JSON.parse(output);
  } catch {
    return { kind: "unanswered", why: "npm audit printed no report" };
  }
  const answer = answerSchema.safeParse(json).data;
  if (!answer) {
    const failure = failureSchema.safeParse(json).data;
    // Without the address: which registry a machine uses is its own business.
    const why = failure?.message.split(" - ")[0] ?? "npm audit printed something else than a report";
    return { kind: "unanswered", why };
  }
  if (answer.metadata.vulnerabilities.total === 0) return { kind: "clean" };
  const findings = Object.entries(answer.vulnerabilities).map(([name, { severity, range = "", via }]) => {
    const causes = via.map((cause) =>
      typeof cause === "string" ? `by ${cause}` : `${cause.title} ${cause.url ?? ""}`.trim(),
    );
    return `${name} ${range} (${severity}): ${causes.join("; ")}`;
  });
  return { kind: "found", findings };
}
