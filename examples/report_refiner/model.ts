/** Stands in for a model: each call has one idea, and not all of them are good. */

const ideas: readonly ((report: string) => string)[] = [
  (report) => `${report} Who saw it: Ada, who was at sea.`,
  (report) => `${report} That was on Monday, when the tide was high, where the river meets the sea.`,
  () => "Weather is weather and a storm is a storm, and so it has always been and always will be, one must suppose.",
  (report) => `${report} It is not known how many roofs are gone, nor why.`,
  (report) => report.replace("It is not known", "Nobody knows"),
  (report) => `${report} Really.`,
  (report) => report.replace(" Really.", ""),
  (report) => `${report} The end.`,
];

/** A response of a model: its text, and the usage from which its price is told. */
export interface Reply {
  readonly [member: string]: unknown;
  readonly text: string;
}

/** The report after idea number `call`. */
export function rewrite(report: string, call: number): Promise<Reply> {
  const text = ideas[call % ideas.length](report);
  const usage = { prompt_tokens: 40 + report.split(" ").length, completion_tokens: text.split(" ").length };
  return Promise.resolve({ model: "gpt-4o-mini", text, usage });
}
