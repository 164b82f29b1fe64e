import { type GraphResource } from './graph-resource';
import { type GraphStack } from './graph-stack';

/** Something of a template, with the intrinsic function at its top worked out. What is inside a list or map is not yet. */
export type Resolved = Absent | Plain | List | Entries | Text | Hole;

/** A part of a text that is not a text: a template shows where it comes from, or not even that. */
export type Hole = Reference | Pseudo | Dynamic | Unknown;

/** There is nothing: the property is left out, or is `AWS::NoValue`. */
export interface Absent {
  readonly kind: 'absent';
}

/** A value that stands in the template. */
export interface Plain {
  readonly kind: 'plain';
  readonly value: string | number | boolean;
}

/** A list; its items are resolved in `scope`. */
export interface List {
  readonly kind: 'list';
  readonly items: readonly unknown[];
  readonly scope: GraphStack;
}

/** A map; its values are resolved in `scope`. */
export interface Entries {
  readonly kind: 'map';
  readonly entries: Readonly<Record<string, unknown>>;
  readonly scope: GraphStack;
}

/** A text with holes in it. */
export interface Text {
  readonly kind: 'text';
  readonly pieces: readonly (string | Hole)[];
}

/** `Ref` or `Fn::GetAtt` of a resource, of another stack of the assembly too. */
export interface Reference {
  readonly kind: 'reference';
  readonly resource: GraphResource;
  /** The attribute; `Ref` for what `Ref` gives. */
  readonly attribute: string;
}

/** A pseudo parameter that only a deployment decides, such as `AWS::Region` of a stack for any Region. */
export interface Pseudo {
  readonly kind: 'pseudo';
  readonly name: string;
}

/** A dynamic reference: CloudFormation reads it at deployment. */
export interface Dynamic {
  readonly kind: 'dynamic';
  /** `secretsmanager`, `ssm` or `ssm-secure`. */
  readonly service: string;
  readonly text: string;
}

/** The template does not show it. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly why: string;
}

export const ABSENT: Absent = { kind: 'absent' };

export function plain(value: string | number | boolean): Plain {
  return { kind: 'plain', value };
}

export function unknown(why: string): Unknown {
  return { kind: 'unknown', why };
}

/** `pieces` as one value: neighbouring strings joined, and a lone piece as what it is. */
export function textOf(pieces: readonly (string | Hole)[]): Resolved {
  const joined: (string | Hole)[] = [];
  for (const piece of pieces.filter((each) => each !== '')) {
    const last = joined.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') {
      joined[joined.length - 1] = last + piece;
    } else {
      joined.push(piece);
    }
  }
  const [only] = joined;
  if (joined.length > 1) {
    return { kind: 'text', pieces: joined };
  }
  return only === undefined ? plain('') : typeof only === 'string' ? plain(only) : only;
}

/** The pieces of a value that can be part of a text; nothing for a list or a map. */
export function piecesOf(value: Resolved): readonly (string | Hole)[] | undefined {
  switch (value.kind) {
    case 'absent':
      return [];
    case 'plain':
      return [String(value.value)];
    case 'text':
      return value.pieces;
    case 'list':
    case 'map':
      return undefined;
    default:
      return [value];
  }
}

/** A piece as it is written in texts for people, and in patterns: `${Bucket.Arn}`. */
export function pieceText(piece: string | Hole): string {
  if (typeof piece === 'string') {
    return piece;
  }
  switch (piece.kind) {
    case 'reference':
      return `\${${piece.resource.logicalId}${piece.attribute === 'Ref' ? '' : `.${piece.attribute}`}}`;
    case 'pseudo':
      return `\${${piece.name}}`;
    case 'dynamic':
      return piece.text;
    case 'unknown':
      return '${?}';
  }
}
