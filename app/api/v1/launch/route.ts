import { open } from "../../guard.ts";
import { takeLaunchLink } from "#server/http/launch.ts";

export const GET = open(async (call) => takeLaunchLink(call));
