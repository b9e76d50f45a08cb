import { defineConfig, type OxlintOverride } from "oxlint";

const rooms = ["app", "components", "lib", "server", "e2e", "bench", "sandbox"] as const;
type Room = (typeof rooms)[number];

/** The one import rule: which rooms a room may import besides itself. */
const mayImport: Record<Room, readonly Room[]> = {
  lib: [],
  server: ["lib"],
  components: ["lib"],
  app: ["lib", "server", "components"],
  e2e: ["lib", "sandbox"],
  bench: ["lib", "sandbox"],
  sandbox: ["lib"],
};

const engines = ["flux-kustomization", "flux-helmrelease", "argocd", "helm", "kubectl"];

function restricted(patterns: { group: string[]; message: string }[]): OxlintOverride["rules"] & object {
  return { "no-restricted-imports": ["error", { patterns }] };
}

/** Every spelling by which a file could reach a room: package imports and relative paths. */
function spellings(room: string): string[] {
  return [`#${room}/**`, `**/../${room}/**`, `../${room}/**`];
}

const roomOverrides = rooms.map((room) => ({
  files: [`${room}/**/*.ts`, `${room}/**/*.tsx`],
  rules: restricted(forbiddenFor(room)),
}));

function forbiddenFor(room: Room) {
  return rooms
    .filter((other) => other !== room && !mayImport[room].includes(other))
    .map((other) => ({
      group: spellings(other),
      message: `${room} may not import ${other} (docs/decisions/0001-rooms.md)`,
    }));
}

/** Overlapping overrides replace each other, so each of these repeats the list of its room. */
const serverOverrides = [
  {
    files: ["server/**/*.ts"],
    rules: restricted([
      ...forbiddenFor("server"),
      {
        group: engines.flatMap((engine) => [`#server/engines/${engine}/**`, `**/engines/${engine}/**`]),
        message: "only server/engines/registry.ts imports engines",
      },
    ]),
  },
  { files: ["server/engines/registry.ts"], rules: restricted(forbiddenFor("server")) },
  ...engines.map((engine) => ({
    files: [`server/engines/${engine}/**/*.ts`],
    rules: restricted([
      ...forbiddenFor("server"),
      {
        group: engines
          .filter((other) => other !== engine)
          .flatMap((other) => [`#server/engines/${other}/**`, `**/engines/${other}/**`, `../${other}/**`]),
        message: "engines never import one another",
      },
    ]),
  })),
];

export default defineConfig({
  plugins: ["typescript", "react", "import", "promise", "unicorn", "oxc", "jsx-a11y", "vitest"],
  categories: { correctness: "error", suspicious: "error" },
  options: { typeAware: true, denyWarnings: true },
  rules: {
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/await-thenable": "error",
    "typescript/only-throw-error": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "react/rules-of-hooks": "error",
    "react/exhaustive-deps": "error",
    "import/no-cycle": "error",
    eqeqeq: "error",
    // A virtualised table or tree can't be a <table>; axe checks the roles instead.
    "jsx-a11y/prefer-tag-over-role": "off",
    // Whatever scrolls must be reachable by keyboard.
    "jsx-a11y/no-noninteractive-tabindex": "off",
    "jsx-a11y/no-autofocus": "off",
    // TypeScript's noImplicitReturns and the exhaustiveness check see to it.
    "typescript/consistent-return": "off",
    // For the React Compiler, which is not used.
    "react/incompatible-library": "off",
    "react/preserve-manual-memoization": "off",
    "import/no-named-as-default": "off",
    "no-console": "off",
    "react/react-in-jsx-scope": "off",
    "typescript/no-unsafe-type-assertion": "off",
    "import/no-unassigned-import": "off",
    "no-shadow": "off",
    "no-await-in-loop": "off",
    "unicorn/no-array-sort": "off",
    "unicorn/consistent-function-scoping": "off",
    "unicorn/no-array-reverse": "off",
    "unicorn/prefer-add-event-listener": "off",
    "unicorn/prefer-set-has": "off",
    "no-underscore-dangle": "off",
    "vitest/require-mock-type-parameters": "off",
  },
  overrides: [
    ...roomOverrides,
    ...serverOverrides,
    // Playwright's fixtures call a parameter named `use`, which is no hook.
    { files: ["e2e/**/*.ts"], rules: { "react/rules-of-hooks": "off" } },
  ],
  ignorePatterns: ["node_modules", ".next", ".sandbox", "sandbox/modules"],
});
