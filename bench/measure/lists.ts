import type { Figure } from "./report.ts";
import type { BenchSession } from "./session.ts";

/** Lists of Driftglass beside the programs that tell the same; programs as the beginnings of their commands. */
const comparable = [
  { what: "list of all Helm releases", engine: "helm", programs: ["helm ls"], wanted: 150 },
  { what: "list of all Kustomizations", engine: "flux-kustomization", programs: ["kubectl get", "flux get"] },
] as const;

/**
 * How long the API takes for a list, and how many times as long the programs took, by the fastest run of each.
 *
 * @param measured figures of the same run; a program that is not among them is not compared
 */
export async function measureLists(session: BenchSession, measured: readonly Figure[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { what, engine, programs, ...wanted } of comparable) {
    const values: number[] = [];
    for (let round = 0; round < 10; round += 1) values.push((await session.list(`?engine=${engine}`)).milliseconds);
    const ratios = programs.flatMap((program) => {
      const others = measured.find((figure) => figure.what.startsWith(`\`${program}`))?.values;
      if (others === undefined) return [];
      return `\`${program}\` takes ${(Math.min(...others) / Math.min(...values)).toFixed(1)} times as long`;
    });
    figures.push({ what, unit: "ms", values, ...wanted, note: ratios.join(", ") });
  }
  return figures;
}
