import { conditionHolds } from './conditions';
import { type GraphStack } from './graph-stack';
import { nameOf, own } from './plain-object';
import { ABSENT, piecesOf, pieceText, plain, textOf, unknown, type Hole, type Resolved } from './resolved';
import { refTo } from './ref-to';
import { substitute } from './substitute';

/** Deeper than any template nests functions; a template that leads in a circle ends here. */
const DEEPEST = 60;

/** Works out the intrinsic function at the top of `raw`, as it stands in a template of `scope`. Never throws. */
export function resolve(raw: unknown, scope: GraphStack, depth = 0): Resolved {
  if (depth > DEEPEST) {
    return unknown('its functions lead in a circle, or nest too deeply');
  }
  if (raw === undefined || raw === null) {
    return ABSENT;
  }
  if (typeof raw === 'string') {
    return dynamicReferences(raw);
  }
  if (typeof raw === 'number' || typeof raw === 'boolean') {
    return plain(raw);
  }
  if (Array.isArray(raw)) {
    return { kind: 'list', items: raw, scope };
  }
  const entries = raw as Readonly<Record<string, unknown>>;
  const [name, ...others] = Object.keys(entries);
  if (name === undefined || others.length > 0 || !(name === 'Ref' || name.startsWith('Fn::'))) {
    return { kind: 'map', entries, scope };
  }
  const work = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  return work?.(entries[name], scope, depth + 1) ?? unknown(`${name} is worked out at deployment`);
}

type Work = (argument: unknown, scope: GraphStack, depth: number) => Resolved;

const FUNCTIONS: Readonly<Record<string, Work>> = {
  Ref: (name, scope, depth) => refTo(nameOf(name), undefined, scope, depth),
  'Fn::GetAtt': (argument, scope, depth) => {
    const [id, ...attribute] = Array.isArray(argument) ? argument.map(nameOf) : nameOf(argument).split('.');
    return refTo(id ?? '', attribute.join('.'), scope, depth);
  },
  'Fn::Sub': substitute,
  'Fn::Join': (argument, scope, depth) => {
    const [delimiter, list] = Array.isArray(argument) ? (argument as unknown[]) : [];
    const values = resolve(list, scope, depth);
    if (values.kind === 'unknown' && typeof delimiter === 'string') {
      return replaced(own(list, 'Fn::Split'), delimiter, scope, depth) ?? values;
    }
    if (values.kind !== 'list' || typeof delimiter !== 'string') {
      return values.kind === 'unknown' ? values : unknown('Fn::Join joins a list that is made at deployment');
    }
    return join(
      values.items.map((item) => resolve(item, values.scope, depth)),
      delimiter,
    );
  },
  'Fn::Select': select,
  'Fn::Split': (argument, scope, depth) =>
    split(argument, scope, depth) ?? unknown('what it splits is made at deployment'),
  'Fn::If': (argument, scope, depth) => {
    const [condition, then, otherwise] = Array.isArray(argument) ? (argument as unknown[]) : [];
    const holds = conditionHolds({ Condition: condition }, scope, depth);
    return holds === undefined
      ? unknown(`condition ${nameOf(condition)} is decided at deployment`)
      : resolve(holds ? then : otherwise, scope, depth);
  },
  'Fn::FindInMap': (argument, scope, depth) => {
    const keys = (Array.isArray(argument) ? (argument as unknown[]) : []).slice(0, 3).map((key) => {
      const found = resolve(key, scope, depth);
      return found.kind === 'plain' ? String(found.value) : undefined;
    });
    const found = keys.reduce<unknown>((map, key) => (key === undefined ? undefined : own(map, key)), scope.mappings);
    return found === undefined || keys.length < 3
      ? unknown('the key of its mapping is known at deployment')
      : resolve(found, scope, depth);
  },
  'Fn::ImportValue': (argument, scope, depth) => {
    const name = textFor(resolve(argument, scope, depth));
    const found = name === undefined ? undefined : scope.graph.exportNamed(name, scope);
    return found === undefined
      ? unknown(`${name ?? 'what it imports'} is exported by no stack of this app`)
      : resolve(found.value, found.stack, depth);
  },
  'Fn::GetStackOutput': (argument, scope, depth) => {
    const part = (key: string): string | undefined => textFor(resolve(own(argument, key), scope, depth));
    const [name, output] = [part('StackName'), part('OutputName')];
    const stack = name === undefined ? undefined : scope.graph.stackNamed(name, part('Region') ?? scope.region);
    const found = output === undefined ? undefined : own(stack?.outputs, output);
    return stack === undefined || found === undefined
      ? unknown(`output ${output ?? '?'} belongs to no stack of this app`)
      : resolve(own(found, 'Value'), stack, depth);
  },
  'Fn::ToJsonString': (argument, scope, depth) => {
    const pieces = jsonPieces(argument, scope, depth);
    return textOf(pieces);
  },
};

function join(values: readonly Resolved[], delimiter: string): Resolved {
  const pieces: (string | Hole)[] = [];
  const given = values.filter(({ kind }) => kind !== 'absent');
  for (const [place, value] of given.entries()) {
    const own = piecesOf(value);
    pieces.push(place === 0 ? '' : delimiter, ...(own ?? [unknown('a list stands where a text should')]));
  }
  return textOf(pieces);
}

/** A text that is split at one delimiter and joined with another: holes in it stay. */
function replaced(splitting: unknown, joint: string, scope: GraphStack, depth: number): Resolved | undefined {
  const [delimiter, source] = Array.isArray(splitting) ? (splitting as unknown[]) : [];
  const pieces = piecesOf(resolve(source, scope, depth));
  return pieces === undefined || typeof delimiter !== 'string' || delimiter === ''
    ? undefined
    : textOf(pieces.map((piece) => (typeof piece === 'string' ? piece.replaceAll(delimiter, joint) : piece)));
}

function split(argument: unknown, scope: GraphStack, depth: number): Resolved | undefined {
  const [delimiter, source] = Array.isArray(argument) ? (argument as unknown[]) : [];
  const value = resolve(source, scope, depth);
  return value.kind === 'plain' && typeof delimiter === 'string' && delimiter !== ''
    ? { kind: 'list', items: String(value.value).split(delimiter), scope }
    : undefined;
}

/** Which part of an ARN is which. */
const ARN_PARTS = ['arn', 'AWS::Partition', undefined, 'AWS::Region', 'AWS::AccountId'] as const;

function select(argument: unknown, scope: GraphStack, depth: number): Resolved {
  const [place, list] = Array.isArray(argument) ? (argument as unknown[]) : [];
  const index = Number(textFor(resolve(place, scope, depth)));
  const values = resolve(list, scope, depth);
  if (values.kind === 'list') {
    return Number.isInteger(index) && index >= 0 && index < values.items.length
      ? resolve(values.items[index], values.scope, depth)
      : unknown('Fn::Select selects what its list does not have');
  }
  // CDK takes account and Region of a resource from its ARN.
  const splitting = own(list, 'Fn::Split');
  const [delimiter, source] = Array.isArray(splitting) ? (splitting as unknown[]) : [];
  const origin = resolve(source, scope, depth);
  if (delimiter === ':' && origin.kind === 'reference') {
    const pseudo = ARN_PARTS[index];
    const bucket = origin.resource.type === 'AWS::S3::Bucket';
    return pseudo?.startsWith('AWS::') && !bucket
      ? refTo(pseudo, undefined, origin.resource.stack, depth)
      : { ...origin, attribute: `${origin.attribute}:${index}` };
  }
  return values.kind === 'unknown' ? values : unknown('Fn::Select selects from a list that is made at deployment');
}

const DYNAMIC = /\{\{resolve:([a-z-]+):[^}]*\}\}/g;

function dynamicReferences(text: string): Resolved {
  if (!text.includes('{{resolve:')) {
    return plain(text);
  }
  const pieces: (string | Hole)[] = [];
  let end = 0;
  for (const match of text.matchAll(DYNAMIC)) {
    pieces.push(text.slice(end, match.index), { kind: 'dynamic', service: match[1] ?? '', text: match[0] });
    end = match.index + match[0].length;
  }
  return textOf([...pieces, text.slice(end)]);
}

/** A name: known, or known but for pseudo parameters and references, which are written out. */
function textFor(value: Resolved): string | undefined {
  const pieces = piecesOf(value);
  return pieces === undefined ||
    value.kind === 'absent' ||
    pieces.some((piece) => typeof piece === 'object' && piece.kind === 'unknown')
    ? undefined
    : pieces.map(pieceText).join('');
}

/** JSON text of `raw`, in pieces. */
function jsonPieces(raw: unknown, scope: GraphStack, depth: number): (string | Hole)[] {
  const value = resolve(raw, scope, depth);
  const separated = (parts: (string | Hole)[][]): (string | Hole)[] =>
    parts.flatMap((part, place) => (place === 0 ? part : [',', ...part]));
  switch (value.kind) {
    case 'list':
      return ['[', ...separated(value.items.map((item) => jsonPieces(item, value.scope, depth + 1))), ']'];
    case 'map':
      return [
        '{',
        ...separated(
          Object.entries(value.entries).map(([key, entry]) => [
            `${JSON.stringify(key)}:`,
            ...jsonPieces(entry, value.scope, depth + 1),
          ]),
        ),
        '}',
      ];
    case 'absent':
      return ['null'];
    case 'plain':
      return [JSON.stringify(value.value)];
    default: {
      const pieces = piecesOf(value) ?? [];
      return [
        '"',
        ...pieces.map((piece) => (typeof piece === 'string' ? JSON.stringify(piece).slice(1, -1) : piece)),
        '"',
      ];
    }
  }
}
