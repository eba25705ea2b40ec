/**
 * Established practice, for the rest of the language room: which family a parameter belongs to, what
 * to propose for it, how much it matters, and what its metric's name says.
 */

export { contextOf } from "./context.js";
export type { Family, Fields, Role } from "./family.js";
export { practiceMarkdown } from "./markdown.js";
export { type MetricFacts, metricFacts, objectivesFirst } from "./metric-facts.js";
export { type Proposal, proposalFor, rankOf } from "./proposal.js";
export { familyOf } from "./recognition.js";
export { type Context, nothingAround } from "./signs.js";
export { yamlFieldsOf, yamlValue } from "./yaml-fields.js";
