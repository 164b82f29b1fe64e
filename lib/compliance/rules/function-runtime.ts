import { type ResourceRule } from '../rule';
import { notApplicable, unless } from '../verdict';

/** Runtimes that AWS lists as deprecated: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, 2026. */
const ENDED = [
  ...[
    'nodejs',
    'nodejs4.3',
    'nodejs6.10',
    'nodejs8.10',
    'nodejs10.x',
    'nodejs12.x',
    'nodejs14.x',
    'nodejs16.x',
    'nodejs18.x',
    'nodejs20.x',
  ],
  ...['python2.7', 'python3.6', 'python3.7', 'python3.8', 'python3.9', 'python3.10'],
  ...['java8', 'dotnetcore1.0', 'dotnetcore2.0', 'dotnetcore2.1', 'dotnetcore3.1', 'dotnet5.0', 'dotnet6', 'dotnet7'],
  ...['go1.x', 'ruby2.5', 'ruby2.7', 'ruby3.2', 'provided'],
];

export const functionRuntime: ResourceRule = {
  name: 'function-runtime',
  severity: 'medium',
  statement: 'No function runs on a language that gets no more security updates.',
  fix: 'Use a runtime that is supported.',
  appliesTo: ['AWS::Lambda::Function'],
  judge: (lambda) => {
    const runtime = lambda.at('Runtime');
    return lambda.at('PackageType').is('Image')
      ? notApplicable()
      : unless(!runtime.isOneOf(...ENDED), `${runtime.describe()} is no longer mended`, runtime);
  },
};
