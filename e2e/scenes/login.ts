import type { Page } from "@playwright/test";
import type { Scene } from "./scene.ts";

const loginTab = (name: string) => (page: Page) => page.getByRole("tab", { name }).click();

/** Each way to log in, and how a failure is told. */
export const loginScenes: readonly Scene[] = [
  { name: "login-contexts", path: "/login" },
  { name: "login-token", path: "/login", act: loginTab("Token") },
  { name: "login-kubeconfig", path: "/login", act: loginTab("Kubeconfig") },
  { name: "login-oidc", path: "/login", server: "oidc" },
  {
    name: "login-proxy",
    path: "/login",
    server: "proxy",
    before: (page) =>
      page.setExtraHTTPHeaders({ "x-forwarded-user": "ada", "x-driftglass-proxy-secret": "for-pictures-alone" }),
  },
  { name: "login-oidc-failed", path: "/api/v1/oidc/callback?code=none&state=none", server: "oidc" },
  {
    name: "login-error",
    path: "/login",
    async act(page) {
      await page.getByRole("tab", { name: "Token" }).click();
      await page.getByLabel("Bearer token").fill("not-a-token-of-this-cluster");
      await page.getByRole("button", { name: "Log in" }).click();
      await page.getByRole("main").getByRole("alert").waitFor();
    },
  },
];
