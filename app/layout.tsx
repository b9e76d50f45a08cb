import { cookies, headers } from "next/headers";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
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
