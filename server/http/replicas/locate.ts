import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, apiError } from "#lib/api/errors.ts";
import { readText } from "../body.ts";
import { unauthenticated } from "../problem.ts";
import type { HttpRuntime } from "../runtime-interface.ts";
import type { Session } from "../session.ts";
import { movedHeader } from "./moved-header.ts";
import type { Search } from "./shared-sessions.ts";

/** A session that is served here, with the request as it may be read now; or the answer of the replica that serves it. */
export type Located =
  | { readonly session: Session; readonly request: Request; readonly response?: undefined }
  | { readonly response: Response; readonly session?: undefined };

const tries = 6;
/** Milliseconds, more with each try. */
const pause = 50;

/** Tells the replica that has sent a request here to look again for the one that serves its session. */
export function movedResponse(): Response {
  return new Response(null, { status: 503, headers: { [movedHeader]: "1" } });
}

/**
 * Finds whoever serves the session of a cookie, and has them answer the request where that is another replica. What a replica serves that does not answer is
 * taken over. @throws ApiError 401 where there is no such session, 503 where nobody knows what has become of a change
 */
export async function locate(
  { shared, forwarder }: Required<Pick<HttpRuntime, "shared" | "forwarder">>,
  request: Request,
  cookie: { readonly id: string; readonly secure: boolean },
): Promise<Located> {
  let search: Search = {};
  let readable = request;
  let text: string | undefined;
  for (let count = 0; count < tries; count += 1) {
    if (count > 0) await sleep(pause * count);
    const arrived = forwarder.hasArrived(request);
    const place = await shared.find(cookie, search).catch((error: unknown) => {
      // Another replica has sent it here: it looks again for one that can.
      if (arrived) return undefined;
      throw error;
    });
    if (!place) return { response: movedResponse() };
    if (place.kind === "here") return { session: place.session, request: readable };
    if (place.kind === "none") throw new ApiError(unauthenticated(place.reason));
    // The other replica has it from us that we don't serve it: it looks again.
    if (forwarder.hasArrived(request)) return { response: movedResponse() };
    if (request.body && text === undefined) {
      text = await readText(request);
      const { method, headers, signal, url } = request;
      readable = new Request(url, { method, headers, signal, body: text });
    }
    const sent = await forwarder.send(readable, text, place.home);
    if (sent.kind === "answered") return { response: sent.response };
    if (sent.kind === "gone" && sent.mayHaveBegun && request.method !== "GET" && request.method !== "HEAD")
      throw apiError(503, "outcome-unknown", "The replica of Driftglass that did this has gone.", {
        hint: "Look whether it has happened before you repeat it.",
      });
    search = sent.kind === "gone" ? { gone: place.home } : { fresh: true };
  }
  throw apiError(503, "sessions-unavailable", "No replica of Driftglass serves your session for a moment.", {
    hint: "Try again.",
    retryAfter: 1,
  });
}
