/** How most libraries take a command line, to state only where one differs. */
import type { CommandLine, Library, SourcePlace } from "../reading.js";

export function commandLine(
  library: Library,
  place: SourcePlace,
  given: Partial<Omit<CommandLine, "library" | "place">>,
): CommandLine {
  return {
    library,
    place,
    options: [],
    refusesUnknown: true,
    gaps: [],
    hyphens: "exact",
    abbreviations: false,
    style: "hyphens",
    commands: [],
    ...given,
  };
}
