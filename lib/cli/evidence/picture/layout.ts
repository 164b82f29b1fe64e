import { Graph, layout } from '@dagrejs/dagre';
import type { DrawnEdge, Drawing } from './drawing';
import { ZONES, type Zone } from './zones';

/** Where something is in the picture, by its middle. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line of the picture. */
export interface Line {
  readonly edge: DrawnEdge;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** What is used of dagre's graph, whose own types name a package of which they find no types. */
interface DagreGraph {
  setGraph(options: object): void;
  setDefaultEdgeLabel(make: () => object): void;
  setNode(id: string, size: object): void;
  setParent(id: string, parent: string): void;
  setEdge(from: string, to: string, label: object): void;
  graph(): Partial<Pick<Box, 'width' | 'height'>>;
  node(id: string): Box;
  edge(from: string, to: string): Pick<Line, 'points'>;
}

const newGraph = Graph as unknown as new (options: object) => DagreGraph;
const arrange = layout as unknown as (graph: DagreGraph) => void;

/** A picture that only has to be drawn. */
export interface LaidOut {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly zones: ReadonlyMap<Zone, Box>;
  readonly lines: readonly Line[];
}

export const BOX = { width: 152, height: 52 } as const;

/** Lays `drawing` out: from left to right as requests go, one frame a zone. */
export function laidOut({ nodes, edges }: Drawing): LaidOut {
  const graph = new newGraph({ compound: true, directed: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 22, ranksep: 46, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  const zones = (Object.keys(ZONES) as Zone[]).filter(
    // Who is outside has no frame around: visitors come from the left, and what leaves goes to the right.
    (zone) => zone !== 'internet' && nodes.some((node) => node.zone === zone),
  );
  zones.forEach((zone) => graph.setNode(frameOf(zone), {}));
  for (const { id, zone } of nodes) {
    graph.setNode(id, { ...BOX });
    if (zone !== 'internet') {
      graph.setParent(id, frameOf(zone));
    }
  }
  edges.forEach(({ from, to }) => graph.setEdge(from, to, {}));
  arrange(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    boxes: new Map(nodes.map(({ id }) => [id, graph.node(id)])),
    zones: new Map(zones.map((zone) => [zone, graph.node(frameOf(zone))])),
    lines: edges.map((edge) => ({ edge, points: graph.edge(edge.from, edge.to).points })),
  };
}

function frameOf(zone: Zone): string {
  return `zone ${zone}`;
}
