import { Arena } from "../../support/arena.ts";
import type { Finding, Settings } from "../../support/row.ts";
import { plainBundle } from "./browser.ts";
import { contest, type Contestant, type Fared } from "./contest.ts";
import { type Editor, startLoom, startOriginal } from "./editors.ts";
import { type Graph, graphOf } from "./graph.ts";

/** What is measured of each graph. */
interface Measured<Sample> {
  /** The pipeline that the editors open. */
  readonly text: (graph: Graph) => string;
  /** What the page of the peer is called. */
  readonly page: string;
  readonly plain: (bundle: string, graph: Graph) => Promise<Sample>;
  readonly edited: (starting: Promise<Editor>, graph: Graph) => Promise<Sample>;
  readonly findings: (count: number, fared: readonly Fared<Sample>[]) => readonly Finding[];
}

/** The original's editor, a plain page and loom, in turns, with graphs of three sizes. */
export async function atThreeSizes<Sample>(
  { sizes = [100, 1_000, 10_000], rounds, peers }: Settings,
  { text, page, plain, edited, findings }: Measured<Sample>,
): Promise<readonly Finding[]> {
  using arena = new Arena();
  const bundle = peers.includes("react-flow") ? await plainBundle("flow", arena.folder) : undefined;
  const found: Finding[] = [];
  for (const count of sizes) {
    const graph = graphOf(count);
    const folder = arena.place(`graph ${count}`);
    await Deno.writeTextFile(`${folder}/pipeline.yml`, text(graph));
    const contestants: Contestant<Sample>[] = [
      { name: "loom", role: "ours", once: () => edited(startLoom({ arena, folder }), graph) },
    ];
    if (bundle !== undefined) {
      contestants.unshift({ name: page, role: "peer", once: () => plain(bundle, graph) });
    }
    if (peers.includes("original")) {
      contestants.unshift({
        name: "original",
        role: "peer",
        once: () => edited(startOriginal({ arena, folder }), graph),
      });
    }
    found.push(...findings(count, await contest(contestants, Math.min(rounds, 3))));
  }
  return found;
}
