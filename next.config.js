/** @type {import("next").NextConfig} */
export default {
  output: "standalone",
  serverExternalPackages: ["@kubernetes/client-node"],
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
};
