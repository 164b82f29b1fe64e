import { Problems } from '../core/errors';

const READ = ['s3:GetObject'];
const WRITE = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];

/** What a workload may do with the objects of an `ObjectStore`. Nobody may delete a version for good. */
export class ObjectAccess {
  /**
   * Reads and lists objects.
   *
   * @param prefix only those whose key begins so, `invoices/`; all by default
   * @throws BaselineError `ObjectPrefixInvalid`
   */
  public static read(prefix = ''): ObjectAccess {
    return new ObjectAccess(prefix, true, READ, ['kms:Decrypt']);
  }

  /**
   * Reads, lists, writes, overwrites and deletes objects; each change can be undone for as long as the store's contents
   * say.
   *
   * @param prefix only those whose key begins so, `uploads/`; all by default
   * @throws BaselineError `ObjectPrefixInvalid`
   */
  public static readWrite(prefix = ''): ObjectAccess {
    const actions = [...READ, ...WRITE, 's3:DeleteObject'];
    return new ObjectAccess(prefix, true, actions, ['kms:Decrypt', 'kms:GenerateDataKey']);
  }

  /**
   * Writes objects, and neither reads nor deletes any: for whoever leaves evidence.
   *
   * @param prefix only those whose key begins so, `consent/`; all by default
   * @throws BaselineError `ObjectPrefixInvalid`
   */
  public static write(prefix = ''): ObjectAccess {
    // S3 decrypts the parts of an upload in order to put them together.
    return new ObjectAccess(prefix, false, WRITE, ['kms:Decrypt', 'kms:GenerateDataKey']);
  }

  private constructor(
    /** @internal */
    public readonly _prefix: string,
    /** @internal */
    public readonly _lists: boolean,
    /** @internal */
    public readonly _actions: string[],
    /** @internal */
    public readonly _keyActions: string[],
  ) {
    const problems = new Problems('ObjectAccess');
    problems.require(/^([^*?$/][^*?$]*\/)?$/.test(_prefix), {
      code: 'ObjectPrefixInvalid',
      property: 'prefix',
      value: _prefix,
      bound: 'end with a slash, not begin with one, and hold none of * ? $, which IAM would read as patterns',
      remedy: 'Write uploads/, for example, or leave it out for all objects.',
    });
    problems.throwIfAny();
  }
}
