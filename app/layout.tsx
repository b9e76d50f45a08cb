import { cookies, headers } from "next/headers";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { preload } from "react-dom";
import words from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";
import revisions from "@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2";
import { themeCookie, themeOf } from "#components/shell/theme.ts";
import { Providers } from "./providers.tsx";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Driftglass", template: "%s · Driftglass" },
  description:
    "GitOps state of your clusters: health, drift and revisions of Flux, Argo CD, Helm and kubectl workloads",
  icons: { icon: "/icon.svg" },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f7f8f8" },
    { media: "(prefers-color-scheme: dark)", color: "#0f1415" },
  ],
};

/** Reads the theme and the nonce of this request, so no page is ever made ahead of it. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  // Without this a browser learns of them from its first layout, and lays the page out once more for each.
  for (const font of [words, revisions]) preload(font, { as: "font", type: "font/woff2", crossOrigin: "anonymous" });
  const theme = themeOf((await cookies()).get(themeCookie)?.value);
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" data-theme={theme}>
      <body>
        <Providers {...(nonce !== undefined && { nonce })}>{children}</Providers>
      </body>
    </html>
  );
}
