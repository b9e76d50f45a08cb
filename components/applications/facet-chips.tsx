import { ChoiceChips } from "#components/ui/choice-chips.tsx";
import { facetTitle, facetWords } from "./facet-words.ts";
import type { Facet, FacetValue } from "./filter.ts";

/** The values of a facet as switches with their counts, all in sight. */
export function FacetChips({
  facet,
  values,
  onToggle,
  wraps = false,
}: {
  facet: Facet;
  values: FacetValue[];
  onToggle: (value: string) => void;
  wraps?: boolean;
}) {
  const chips = values.map((each) => ({ ...each, ...facetWords(facet, each.value) }));
  return <ChoiceChips label={facetTitle[facet]} chips={chips} onToggle={onToggle} wraps={wraps} />;
}
