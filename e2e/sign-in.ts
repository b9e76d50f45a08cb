import type { Page } from "@playwright/test";
import { oidcUsers } from "../sandbox/servers/oidc-users.ts";

/** Logs in at the identity provider's own page. */
export async function signIn(page: Page, user: string): Promise<void> {
  const { password } = oidcUsers.find(({ name }) => name === user) ?? { password: "" };
  await page.getByLabel("User name").fill(user);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
