"use client";
import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { createQueryClient } from "#components/live/query-client.ts";
import { Layers } from "#components/ui/layers.tsx";

/** What every page needs around it. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  const [client] = useState(createQueryClient);
  return (
    <CSPProvider {...(nonce !== undefined && { nonce })}>
      <QueryClientProvider client={client}>
        {children}
        <Layers />
      </QueryClientProvider>
    </CSPProvider>
  );
}
