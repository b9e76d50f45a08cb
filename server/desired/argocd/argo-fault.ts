import { DesiredFault } from "../fault.ts";

/** Why Argo CD's API server has no answer for this person. */
export type ArgoRefusal = "refused" | "expired" | "forbidden" | "unreachable" | "unexpected";

/** Argo CD's API server gave no usable answer. The message is for the person; it holds no token and nothing of the answer but masked words. */
export class ArgoFault extends DesiredFault {
  /** `refused`: it does not know the token; `expired`: the token is over; `forbidden`: it knows the person, who may not do this. */
  readonly refusal: ArgoRefusal;
  constructor(refusal: ArgoRefusal, message: string) {
    super(message);
    this.refusal = refusal;
  }
}

/** Whether this is an ArgoFault, by its shape: the server's start and its routes are separate module graphs, with a class of their own each. */
export function isArgoFault(error: unknown): error is ArgoFault {
  return error instanceof Error && typeof (error as Partial<ArgoFault>).refusal === "string";
}
