import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { startDashboard, type Dashboard } from "../sandbox/dashboard.ts";
import { expect, sandbox } from "./fixtures.ts";

/** For what such a Driftglass reads from files, and for its log. */
export const ownFolder = mkdtempSync(join(tmpdir(), "driftglass-identity-"));

/** A Driftglass of a spec's own, set up for one way to log in. */
export function ownDashboard(name: string, environment: Record<string, string>): Promise<Dashboard> {
  return startDashboard(sandbox, join(ownFolder, `${name}.log`), undefined, environment);
}

/** The list, which a busy machine may take a while to draw. */
export async function expectList(page: Page): Promise<void> {
  await expect(page.getByRole("grid", { name: "Applications" })).toBeVisible({ timeout: 45_000 });
}
