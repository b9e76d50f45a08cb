"use client";
import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { createQueryClient } from "#components/live/query-client.ts";
import { ToastProvider } from "#components/ui/toast.tsx";

/** What every page needs around it. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  const [client] = useState(createQueryClient);
  return (
    <CSPProvider {...(nonce !== undefined && { nonce })}>
      <QueryClientProvider client={client}>
        <Tooltip.Provider delay={350}>
          <ToastProvider>{children}</ToastProvider>
        </Tooltip.Provider>
      </QueryClientProvider>
    </CSPProvider>
  );
}
