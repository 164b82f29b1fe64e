import type { GraphResource } from '../../../compliance/template-graph/graph-resource';
import type { TemplateGraph } from '../../../compliance/template-graph/template-graph';
import { connectionsIn, type Connection } from './connections';
import { drawnType, placeOf, type Zone } from './zones';

/** A box of the picture. */
export interface DrawnNode {
  readonly id: string;
  /** What it is: `Database`. */
  readonly what: string;
  /** Which one: the last names of its construct path; of several, how many. */
  readonly name: string;
  readonly zone: Zone;
  /** Construct paths of the resources that it stands for. */
  readonly constructPaths: readonly string[];
}

/** An arrow of the picture. */
export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  /** What goes there: `TLS 5432`. */
  readonly how: readonly string[];
  /** By what the templates show it: `security group`. */
  readonly shownBy: readonly string[];
}

/** What talks to what, as far as templates show it. */
export interface Drawing {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

/** More boxes than this nobody reads; then all of one type in one zone are one box. */
const MOST_NODES = 40;

const OUTSIDE: DrawnNode[] = [
  { id: 'visitors', what: 'Visitors', name: 'browsers', zone: 'internet', constructPaths: [] },
  { id: 'internet', what: 'Internet', name: 'everything else', zone: 'internet', constructPaths: [] },
];

/** What talks to what in `graph`. */
export function drawingOf(graph: TemplateGraph): Drawing {
  const connections = connectionsIn(graph);
  const joined = new Set(connections.flatMap(({ from, to }) => [from, to]));
  const drawn = graph.resources().filter((resource) => joined.has(resource) && drawnType(resource) !== undefined);
  const isCrowded = drawn.length > MOST_NODES;
  const groups = new Map<string, GraphResource[]>();
  const idOf = (end: Connection['from']): string =>
    typeof end === 'string' ? end : isCrowded ? `${placeOf(end)} ${end.type}` : `${end.stack.name} ${end.logicalId}`;
  for (const resource of drawn) {
    groups.set(idOf(resource), [...(groups.get(idOf(resource)) ?? []), resource]);
  }
  const edges = edgesBetween(connections, idOf);
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const nodes = [...groups].map(([id, resources]) => nodeOf(id, resources));
  return { nodes: [...OUTSIDE, ...nodes].filter(({ id }) => ends.has(id)), edges };
}

function nodeOf(id: string, resources: readonly GraphResource[]): DrawnNode {
  const [first] = resources;
  const own = first.name
    .split('/')
    .slice(1)
    .filter((part) => !isGeneric(part, first));
  return {
    id,
    what: drawnType(first) ?? first.type,
    name: resources.length > 1 ? `${resources.length} of them` : own.slice(-2).join(' / '),
    zone: placeOf(first),
    constructPaths: resources.map((resource) => resource.name),
  };
}

/** A part of a path that says nothing: what CDK calls the resource itself, or the name of its type. */
function isGeneric(part: string, { type }: GraphResource): boolean {
  return ['resource', 'default', type.split('::').at(-1)?.toLowerCase()].includes(part.toLowerCase());
}

function edgesBetween(connections: readonly Connection[], idOf: (end: Connection['from']) => string): DrawnEdge[] {
  const edges = new Map<string, DrawnEdge>();
  for (const { from, to, how, shownBy } of connections) {
    const ends = { from: idOf(from), to: idOf(to) };
    if (ends.from !== ends.to) {
      const key = JSON.stringify(ends);
      const before = edges.get(key) ?? { ...ends, how: [], shownBy: [] };
      edges.set(key, { ...ends, how: united(before.how, how), shownBy: united(before.shownBy, shownBy) });
    }
  }
  return [...edges.values()];
}

function united(texts: readonly string[], text: string): string[] {
  return [...new Set([...texts, text])];
}
