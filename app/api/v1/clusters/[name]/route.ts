import { guarded } from "../../../guard.ts";
import { removeCluster } from "#server/http/login.ts";

export const DELETE = guarded(removeCluster, { mutation: true });
