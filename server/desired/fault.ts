import { KubeError } from "#server/kube/client.ts";
import { ToolError } from "#server/tools/tools.ts";
import { ReleaseDecodeError } from "./helm/decode.ts";

/** Desired state can't be had, for a reason that a person should read. The message is masked. */
export class DesiredFault extends Error {
  override readonly name = "DesiredFault";
}

/** The words of an expected fault; undefined for an unexpected one. */
export function faultMessage(error: unknown): string | undefined {
  const expected =
    error instanceof DesiredFault ||
    error instanceof KubeError ||
    error instanceof ToolError ||
    error instanceof ReleaseDecodeError;
  return expected ? error.message : undefined;
}
