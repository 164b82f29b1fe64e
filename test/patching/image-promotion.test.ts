import { failure, machine, OLD, pipeline } from '../support/image-pipeline';
import { type TaskDouble } from '../support/state-machine';

/** The images of two runs. */
const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

/** How often is asked until a deployment is over, or until the way back is. */
const LONG = 3;

/** The stack of the shop and its parameter, as several runs and people have them at once. */
class Shop {
  public parameter = OLD;
  public parameterOfStack = pipeline.promotedParameterName;
  public running = OLD;
  public status = 'UPDATE_COMPLETE';
  /** Images that do not come up. */
  public readonly broken = new Set<string>();
  /** Whether a deployment ends at all. */
  public ends = true;
  /** How each run ended, by its image. */
  public readonly outcomes: Record<string, string> = {};
  private before = OLD;
  private asked = 0;

  /** As CloudFormation: it reads the parameter when it begins, and does nothing where nothing has changed. */
  public deploy(): void {
    this.pass();
    if (this.status.endsWith('_IN_PROGRESS')) {
      throw failure('CloudFormation.CloudFormationException', 'Stack is in UPDATE_IN_PROGRESS state.');
    }
    if (this.running === this.parameter) {
      throw failure('CloudFormation.CloudFormationException', 'No updates are to be performed.');
    }
    [this.before, this.running, this.status, this.asked] = [this.running, this.parameter, 'UPDATE_IN_PROGRESS', 0];
  }

  public describe(): object {
    this.pass();
    const Parameters = [{ ParameterKey: 'Digest', ParameterValue: this.parameterOfStack, ResolvedValue: this.running }];
    return { Stacks: [{ StackStatus: this.status, Parameters }] };
  }

  /** A run of `image`; `at` is told of each step before it is made. */
  public async run(image: string, at: (step: string) => unknown = () => {}): Promise<void> {
    const read: TaskDouble = () => ({ Parameter: { Value: this.parameter } });
    const put: TaskDouble = ({ Value }) => {
      this.parameter = String(Value);
      return {};
    };
    const steps: Record<string, TaskDouble> = {
      'Find image': () => ({ ImageDetails: [{ ImageDigest: `sha256:${image}` }] }),
      'Ask for scan': () => ({ ImageScanStatus: { Status: 'ACTIVE' } }),
      Judge: () => ({ Payload: { passed: true, over: [] } }),
      'Export SBOM': () => ({ ReportId: 'report-1' }),
      'Ask for sbom': () => ({ Status: 'SUCCEEDED' }),
      'Ask calendar': () => ({ State: 'OPEN' }),
      'Read promoted': read,
      'Read promoted again': read,
      'Read stack': () => this.describe(),
      Promote: put,
      'Put back': put,
      'Roll out': () => {
        this.deploy();
        return {};
      },
      'Ask for rollout': () => this.describe(),
      Record: ({ Body }) => {
        this.outcomes[image] = (Body as { outcome: { name: string } }).outcome.name;
        return {};
      },
      'Note good run': () => ({}),
    };
    const told = Object.entries(steps).map(([name, step]): [string, TaskDouble] => [
      name,
      async (parameters) => {
        await at(name);
        return step(parameters);
      },
    ]);
    await machine.execute({ id: image, trigger: 'schedule' }, Object.fromEntries(told));
  }

  private pass(): void {
    if (!this.ends || !this.status.endsWith('_IN_PROGRESS') || ++this.asked < LONG) return;
    this.asked = 0;
    if (this.status === 'UPDATE_IN_PROGRESS' && this.broken.has(this.running)) {
      this.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    } else if (this.status === 'UPDATE_IN_PROGRESS') {
      this.status = 'UPDATE_COMPLETE';
    } else {
      [this.running, this.status] = [this.before, 'UPDATE_ROLLBACK_COMPLETE'];
    }
  }
}

/** Does something the first time that a run comes to a step. */
const once = (step: string, act: () => unknown): ((at: string) => unknown) => {
  let isDone = false;
  return (at) => {
    if (at !== step || isDone) return undefined;
    isDone = true;
    return act();
  };
};

/** A run that stops before a step, and goes on when it is told to. */
const pausing = async (shop: Shop, image: string, step: string): Promise<() => Promise<void>> => {
  let goOn = (): void => {};
  const paused = new Promise<void>((resolve) => (goOn = resolve));
  let run = Promise.resolve();
  await new Promise<void>((reached) => {
    const at = once(step, () => {
      reached();
      return paused;
    });
    run = shop.run(image, at).then(reached);
  });
  return () => {
    goOn();
    return run;
  };
};

const shopWith = (...broken: string[]): Shop => {
  const shop = new Shop();
  broken.forEach((image) => shop.broken.add(image));
  return shop;
};

const nowIn = ({ parameter, running, outcomes }: Shop): object => ({ parameter, running, outcomes });

test('a run that fails while another waits leaves the parameter to that one', async () => {
  const shop = shopWith(A);
  const goOnWithA = await pausing(shop, A, 'Ask for rollout');
  const goOnWithB = await pausing(shop, B, 'Roll out');
  await goOnWithA();
  await goOnWithB();
  expect(nowIn(shop)).toEqual({ parameter: B, running: B, outcomes: { [A]: 'Overtaken', [B]: 'Promoted' } });
});

test('a run that begins while another puts back does not bring back the digest that failed', async () => {
  const shop = shopWith(A, B);
  const goOnWithA = await pausing(shop, A, 'Put back');
  await shop.run(B);
  await goOnWithA();
  expect(nowIn(shop)).toEqual({ parameter: OLD, running: OLD, outcomes: { [A]: 'RolledBack', [B]: 'RolledBack' } });
});

test('what another run rolled out while this one put back stays promoted', async () => {
  const shop = shopWith(A);
  const goOnWithA = await pausing(shop, A, 'Put back');
  const goOnWithB = await pausing(shop, B, 'Ask for rollout');
  await goOnWithA();
  await goOnWithB();
  expect(nowIn(shop)).toEqual({ parameter: B, running: B, outcomes: { [A]: 'RolledBack', [B]: 'Promoted' } });
});

/** Where a run may be when another begins or ends; at none of these it is over. */
const STEPS = [
  ...['Read promoted', 'Read stack', 'Promote', 'Roll out', 'Ask for rollout', 'Read promoted again', 'Put back'],
  ...['Record', 'none'],
];

/** What has to be so when two runs are over. */
const contradictions = ({ parameter, running, status, outcomes, broken }: Shop): string[] => {
  const isWell = (image: string): boolean => outcomes[image] === 'Promoted';
  const rules: readonly [rule: string, holds: boolean][] = [
    ['what the stack runs is promoted', parameter === running],
    ['it is at rest', !status.endsWith('_IN_PROGRESS')],
    ['it runs nothing that does not come up', !broken.has(running)],
    ['nothing that does not come up is called promoted', [...broken].every((image) => !isWell(image))],
    ['what runs is called promoted', running === OLD || isWell(running)],
    [
      'where neither came up, people hear of it',
      isWell(A) || isWell(B) || Object.values(outcomes).includes('RolledBack'),
    ],
  ];
  return rules.filter(([, holds]) => !holds).map(([rule]) => rule);
};

test.each([
  { what: 'come up', broken: [] },
  { what: 'come up, except for the first', broken: [A] },
  { what: 'come up, except for the second', broken: [B] },
  { what: 'do not come up', broken: [A, B] },
])(
  'what the stack runs is promoted, wherever runs overlap whose images $what',
  async ({ broken }) => {
    const found: object[] = [];
    for (const ofA of STEPS) {
      for (const ofB of STEPS) {
        const shop = shopWith(...broken);
        const goOnWithA = await pausing(shop, A, ofA);
        const goOnWithB = await pausing(shop, B, ofB);
        await goOnWithA();
        await goOnWithB();
        found.push(...contradictions(shop).map((rule) => ({ ofA, ofB, rule, ...nowIn(shop) })));
      }
    }
    expect(found).toEqual([]);
  },
  60_000,
);

test('a deployment by hand that took the image first is its promotion', async () => {
  const shop = shopWith();
  await shop.run(
    A,
    once('Roll out', () => shop.deploy()),
  );
  expect(nowIn(shop)).toEqual({ parameter: A, running: A, outcomes: { [A]: 'Promoted' } });
});

test('a deployment by hand that took the image first and failed is none', async () => {
  const shop = shopWith(A);
  await shop.run(
    A,
    once('Roll out', () => shop.deploy()),
  );
  expect(nowIn(shop)).toEqual({ parameter: OLD, running: OLD, outcomes: { [A]: 'RolledBack' } });
});

test('what a person promoted meanwhile is left', async () => {
  const shop = shopWith(A);
  await shop.run(
    A,
    once('Ask for rollout', () => (shop.parameter = B)),
  );
  expect(nowIn(shop)).toEqual({ parameter: B, running: OLD, outcomes: { [A]: 'Overtaken' } });
});

test('a digest that could not be written is no promotion, and nothing is put back', async () => {
  const shop = shopWith();
  const steps: string[] = [];
  await shop.run(A, (step) => {
    steps.push(step);
    if (step === 'Promote') throw failure('Ssm.InternalServerErrorException');
  });
  expect(nowIn(shop)).toEqual({ parameter: OLD, running: OLD, outcomes: { [A]: 'RolledBack' } });
  expect(steps).not.toContain('Put back');
});

test('says so when what the stack runs could not be written', async () => {
  const shop = shopWith(A);
  await shop.run(A, (step) => {
    if (step === 'Put back') throw failure('Ssm.InternalServerErrorException');
  });
  expect(nowIn(shop)).toEqual({ parameter: A, running: OLD, outcomes: { [A]: 'NotPutBack' } });
});

/** CloudFormation says nothing for so many questions. */
const silentFor = (times: number): ((at: string) => void) => {
  let asked = 0;
  return (at) => {
    if (at === 'Ask for rollout' && ++asked <= times) throw failure('CloudFormation.CloudFormationException', 'Rate');
  };
};

test('asks until CloudFormation answers', async () => {
  const shop = shopWith();
  await shop.run(A, silentFor(100));
  expect(nowIn(shop)).toEqual({ parameter: A, running: A, outcomes: { [A]: 'Promoted' } });
});

test('writes nothing where CloudFormation never answers, and says so', async () => {
  const shop = shopWith(A);
  await shop.run(A, silentFor(Infinity));
  expect(nowIn(shop)).toMatchObject({ parameter: A, outcomes: { [A]: 'NotPutBack' } });
});

test('writes nothing where a deployment never ends, and says so', async () => {
  const shop = shopWith();
  shop.ends = false;
  await shop.run(A);
  expect(nowIn(shop)).toMatchObject({ parameter: A, outcomes: { [A]: 'NotPutBack' } });
});

test('a stack that is half rolled back is no promotion', async () => {
  const shop = shopWith();
  await shop.run(
    A,
    once('Ask for rollout', () => (shop.status = 'UPDATE_ROLLBACK_FAILED')),
  );
  expect(nowIn(shop)).toMatchObject({ parameter: A, outcomes: { [A]: 'NotPutBack' } });
});

test('promotes nothing for a stack that reads another parameter', async () => {
  const shop = shopWith();
  shop.parameterOfStack = '/another';
  const steps: string[] = [];
  await shop.run(A, (step) => void steps.push(step));
  expect(steps).toContain('Read stack');
  expect(steps).not.toContain('Promote');
});
