"use client";
import { Download } from "lucide-react";
import { IconButton } from "./button.tsx";

/** A button that saves a text as a file; the text is made when it is asked for. */
export function DownloadButton({ text, name, label }: { text: () => string; name: string; label: string }) {
  const save = () => {
    const address = URL.createObjectURL(new Blob([text()], { type: "text/plain;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <IconButton label={label} onClick={save}>
      <Download aria-hidden className="size-4" />
    </IconButton>
  );
}
