import { type GraphStack } from './graph-stack';
import { own } from './plain-object';
import { refTo } from './ref-to';
import { resolve } from './resolve';
import { piecesOf, textOf, unknown, type Hole, type Resolved } from './resolved';

/** Works out `Fn::Sub`: a text, or a text with the values of some of its variables. */
export function substitute(argument: unknown, scope: GraphStack, depth: number): Resolved {
  const [text, variables] = Array.isArray(argument) ? (argument as unknown[]) : [argument];
  if (typeof text !== 'string') {
    return unknown('Fn::Sub is given something other than a text');
  }
  const pieces: (string | Hole)[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{([^}]*)\}/g)) {
    pieces.push(text.slice(end, match.index), ...variable(match[1] ?? '', variables, scope, depth));
    end = match.index + match[0].length;
  }
  return textOf([...pieces, text.slice(end)]);
}

function variable(name: string, variables: unknown, scope: GraphStack, depth: number): readonly (string | Hole)[] {
  // ${!Literal} is written as ${Literal}.
  if (name.startsWith('!')) {
    return [`\${${name.slice(1)}}`];
  }
  const given = own(variables, name);
  const [id = '', ...attribute] = name.trim().split('.');
  const value =
    given === undefined
      ? refTo(id, attribute.length === 0 ? undefined : attribute.join('.'), scope, depth)
      : resolve(given, scope, depth);
  return piecesOf(value) ?? [unknown('a list stands where a text should')];
}
