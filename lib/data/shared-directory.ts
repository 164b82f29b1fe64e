import { Token } from 'aws-cdk-lib';
import { Problems } from '../core/errors';

/** Who owns a directory of `SharedFiles`: whoever mounts it acts as this user and group, whatever its container says. */
export interface SharedDirectory {
  /** Numeric user: 33 for the official WordPress image. Not root. */
  readonly uid: number;

  /** Numeric group. Not root. */
  readonly gid: number;

  /**
   * Where the directory is in the file system: up to four levels.
   *
   * @default - the id of the access point in lower case
   */
  readonly path?: string;

  /**
   * Permissions of the directory when it is created, octal: `0750`.
   *
   * @default 0750
   */
  readonly mode?: string;
}

/** Refuses a directory that EFS would refuse, or that everybody could change. */
export function checkDirectory(subject: string, { uid, gid, path, mode }: SharedDirectory): void {
  const problems = new Problems(`SharedFiles ${subject}`);
  for (const [property, value] of Object.entries({ uid, gid })) {
    problems.require(Token.isUnresolved(value) || (Number.isInteger(value) && value >= 1 && value <= 4_294_967_295), {
      code: 'SharedDirectoryOwnedByRoot',
      property,
      value,
      bound: 'be a whole number from 1 to 4,294,967,295',
      remedy: 'Write the number of the user your image runs as; 0 is root.',
    });
  }
  problems.require(path === undefined || (/^(\/[^/\0]+){1,4}$/.test(path) && path.length <= 100), {
    code: 'SharedDirectoryPathInvalid',
    property: 'path',
    value: path,
    bound: 'be an absolute path of one to four names, at most 100 characters long',
    remedy: 'Write /uploads, for example; the whole file system belongs to no single use.',
  });
  problems.require(mode === undefined || /^0?[0-7]{2}[0145]$/.test(mode), {
    code: 'SharedDirectoryModeInvalid',
    property: 'mode',
    value: mode,
    bound: 'be three octal digits, the last of which gives strangers no right to write',
    remedy: 'Write 0750, for example.',
  });
  problems.throwIfAny();
}
