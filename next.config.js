const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
];

/** Answers of the API are data: nothing in them may ever run. Pages get their policy, with a nonce, from proxy.ts. */
const api = [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'; sandbox" }];

/** @type {import("next").NextConfig} */
export default {
  output: "standalone",
  serverExternalPackages: ["@kubernetes/client-node"],
  poweredByHeader: false,
  reactStrictMode: true,
  // Each route has a bundle of its own: what nobody asks for is not loaded, and the server starts sooner and smaller.
  experimental: { preloadEntriesOnStart: false },
  // `npm run types` checks the whole project; checking again here would only double the time of a build.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: "/:path*", headers: everywhere },
    // Where the identity provider sends people back to is a page, with a policy of its own.
    { source: "/api/:path((?!v1/oidc/callback$).*)", headers: api },
  ],
};
