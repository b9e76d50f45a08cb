import { applicationScenes } from "./application.ts";
import { listScenes } from "./list.ts";
import { loginScenes } from "./login.ts";
import { pageScenes } from "./pages.ts";
import type { Scene } from "./scene.ts";

/** Every page and state that changes nothing in the cluster. */
export const scenes: readonly Scene[] = [...loginScenes, ...listScenes, ...pageScenes, ...applicationScenes];
