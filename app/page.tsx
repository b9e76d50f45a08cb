import { redirect } from "next/navigation";

/** The list is the first thing a person wants. */
export default function Page() {
  redirect("/apps");
}
