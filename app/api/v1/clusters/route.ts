import { guarded } from "../../guard.ts";
import { addCluster } from "#server/http/login.ts";

export const POST = guarded(addCluster, { mutation: true });
