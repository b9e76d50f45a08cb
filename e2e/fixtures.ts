import { readFileSync } from "node:fs";
import { test as base, expect, type APIRequestContext, type Locator, type Page } from "@playwright/test";
import type { Application, ApplicationRef } from "#lib/model/application.ts";
import type { ApplicationList } from "#lib/api/application-contract.ts";
import type { SandboxContext, SandboxLogin } from "../sandbox/context.ts";

export { expect } from "@playwright/test";

/** The sandbox that `npm test` has started. */
export const sandbox: SandboxContext = JSON.parse(
  readFileSync(environment("DRIFTGLASS_SANDBOX"), "utf8"),
) as SandboxContext;

/** Name of that sandbox, for its life cycle's functions. */
export const sandboxName = environment("DRIFTGLASS_SANDBOX_NAME");

function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run the browser tests by npm test`);
  return value;
}

/** One of the people of the scenario. */
export function login(name: SandboxLogin["name"]): SandboxLogin & { readonly token: string } {
  const found = sandbox.logins.find((one) => one.name === name);
  if (!found) throw new Error(`no login ${name}`);
  return { ...found, token: found.token ?? "" };
}

/** Asks the API as the page does; fails on anything but an answer of 2xx. */
export async function api<T>(request: APIRequestContext, path: string): Promise<T> {
  const answer = await request.get(path);
  expect(answer.status(), `GET ${path}: ${await answer.text()}`).toBeLessThan(300);
  return (await answer.json()) as T;
}

/** All rows, by `engine/namespace/name`. */
export async function rows(request: APIRequestContext): Promise<Map<string, Application>> {
  const { items } = await api<ApplicationList>(request, "/api/v1/applications");
  return new Map(items.map((item) => [`${item.engine}/${item.namespace}/${item.name}`, item]));
}

/** Waits until a page follows the cluster. Until then keys and buttons do nothing: what is seen came with the page. */
export async function listens(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: /^(Live|Catching up|Disconnected)/ })).toBeVisible({ timeout: 45_000 });
}

/**
 * Waits until a page whose session was ended stands on the login page. A test does not end before: Chromium may never have done with closing a context whose
 * page is on its way elsewhere at that moment.
 */
export async function leaves(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/login/, { timeout: 60_000 });
  await page.waitForLoadState("load");
}

/** An application's row in the list. */
export function rowOf(page: Page, name: string): Locator {
  return page
    .getByRole("grid", { name: "Applications" })
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name, exact: true }) });
}

/** What a page of Driftglass offers to a test, in a person's words. */
export class Driftglass {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a session without the login page, which has tests of its own. */
  async logInAs(name: SandboxLogin["name"]): Promise<void> {
    const answer = await this.page.request.post("/api/v1/session", {
      data: { token: login(name).token },
      headers: { origin: this.#origin() },
    });
    expect(answer.status(), await answer.text()).toBeLessThan(300);
  }

  /** Opens the list and waits until it listens: its first rows come with the page, before any script runs. */
  async openList(query = ""): Promise<void> {
    await this.page.goto(`/apps${query}`);
    await listens(this.page);
    await expect(this.page.getByRole("grid", { name: "Applications" })).toBeVisible();
  }

  async open({ engine, namespace, name }: ApplicationRef, tab?: string): Promise<void> {
    await this.page.goto(`/apps/${engine}/${namespace}/${name}${tab === undefined ? "" : `?tab=${tab}`}`);
    // A drawer that the address names may be open by then, and is all that a screen reader is told of.
    await expect(this.page.getByRole("heading", { level: 1, name, includeHidden: true })).toBeVisible();
  }

  row(name: string): Locator {
    return rowOf(this.page, name);
  }

  /** Posts an action as the page would. */
  async act(
    ref: ApplicationRef,
    action: string,
    data: object,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const answer = await this.page.request.post(
      `/api/v1/applications/${ref.engine}/${ref.namespace}/${ref.name}/actions/${action}`,
      {
        data,
        headers: { origin: this.#origin() },
      },
    );
    return { status: answer.status(), body: (await answer.json()) as Record<string, unknown> };
  }

  #origin(): string {
    return new URL(environment("DRIFTGLASS_URL")).origin;
  }
}

/** A test with a page of Driftglass. Errors in the browser's console fail it. */
export const test = base.extend<{ driftglass: Driftglass; consoleErrors: string[] }>({
  consoleErrors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        // Answers that a test provokes (a wrong token, a refused action) are logged by the browser as failed loads.
        if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
          errors.push(message.text());
      });
      await use(errors);
      expect(errors, "errors in the browser's console").toEqual([]);
    },
    { auto: true },
  ],
  driftglass: async ({ page }, use) => {
    await use(new Driftglass(page));
  },
});
