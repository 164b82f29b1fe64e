import { Problems } from '../core/errors';

/**
 * What sessions, queues and caches are made of: reading and writing any key, blocking reads, transactions, scripts,
 * publishing and subscribing. By category, so that a client library may use a newer command; without the categories
 * `admin` and `dangerous`, which hold what would empty the cache, list every key or client, or change the server.
 *
 * Added by name, because no category above has them: INFO is "dangerous", and ioredis and BullMQ read it when they
 * connect; scripts, without stored functions, which stay behind; TIME; and what a client asks to find the nodes of a
 * serverless cache.
 */
const APPLICATION = [
  '+@read +@write +@connection +@transaction +@pubsub -@admin -@dangerous -function',
  '+info +time +eval +evalsha +eval_ro +evalsha_ro +script|load +script|exists',
  '+cluster|slots +cluster|shards +cluster|nodes +cluster|info +cluster|keyslot +cluster|countkeysinslot',
];

/** Every key and every channel. */
const EVERYTHING = '~* &*';

/** Shapes that give a user more than an application needs, or a way in that is not the cache's to give. */
const TOO_WIDE = /(^|\s)(\+@all|allcommands|\+@admin|\+@dangerous|nopass|[<>#!]\S*|reset\S*|on|off)(?=\s|$)/i;

/** Which commands a user of a `SessionCache` may give. */
export class CacheAccess {
  /**
   * What a shop's backend needs for sessions, queues and caching, checked with ioredis and BullMQ: no command that
   * empties the cache, lists keys or clients, or changes the server.
   */
  public static application(): CacheAccess {
    return new CacheAccess([EVERYTHING, '-@all', ...APPLICATION].join(' '));
  }

  /**
   * As `application`, and empties the cache: a WordPress object cache does so after an update. Whatever else is in this
   * cache is lost then: sessions and queues need one of their own.
   */
  public static objectCache(): CacheAccess {
    return new CacheAccess([EVERYTHING, '-@all', ...APPLICATION, '+flushdb'].join(' '));
  }

  /**
   * A list of your own, in the language of Valkey's ACL, without passwords, on and off: `~shop:* -@all +@read +@write`.
   *
   * @param rules keys, channels, categories and commands
   * @throws BaselineError `CacheAccessTooWide`
   */
  public static of(rules: string): CacheAccess {
    const problems = new Problems('CacheAccess');
    problems.require(!TOO_WIDE.test(rules) && rules.trim() !== '', {
      code: 'CacheAccessTooWide',
      property: 'rules',
      value: rules,
      bound:
        'name keys, channels, categories and commands, but not all commands, the categories admin and dangerous, ' +
        'passwords, or on and off',
      remedy: 'Begin with the rules of CacheAccess.application() and add single commands: +flushdb, for example.',
    });
    problems.throwIfAny();
    return new CacheAccess(rules.trim());
  }

  private constructor(
    /** Keys, channels, categories and commands, in the language of Valkey's ACL. */
    public readonly rules: string,
  ) {}
}
