import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Person } from "./person.ts";

/** Applies objects server-side as this person, all in one call; what others have set gives way. */
export async function applyObjects(person: Person, ...objects: readonly object[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "driftglass-objects-"));
  try {
    const file = join(folder, "objects.json");
    await writeFile(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
    await person.run("kubectl", "apply", "--server-side", "--force-conflicts", "-f", file);
  } finally {
    await rm(folder, { recursive: true });
  }
}
