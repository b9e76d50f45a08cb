"use client";
import { useDeferredValue, useSyncExternalStore } from "react";

interface Media {
  readonly subscribe: (listener: () => void) => () => void;
  readonly matches: () => boolean;
}

/* A query is parsed once, and looked at with every drawing of a page that follows thousands of rows. */
const known = new Map<string, Media>();

function mediaOf(query: string): Media {
  let media = known.get(query);
  if (!media) {
    let list: MediaQueryList | undefined;
    const listOf = () => (list ??= matchMedia(query));
    media = {
      subscribe: (listener) => {
        listOf().addEventListener("change", listener);
        return () => listOf().removeEventListener("change", listener);
      },
      matches: () => listOf().matches,
    };
    known.set(query, media);
  }
  return media;
}

/** Whether a media query holds now; false while rendering on the server. */
export function useMedia(query: string): boolean {
  const { subscribe, matches } = mediaOf(query);
  return useSyncExternalStore(subscribe, matches, () => false);
}

/** Whether this draws what the server drew, before the browser says how wide it is. The page is gone over to piece by piece. */
export function useIsServerDrawn(): boolean {
  return useDeferredValue(
    useSyncExternalStore(
      () => () => undefined,
      () => false,
      () => true,
    ),
  );
}
