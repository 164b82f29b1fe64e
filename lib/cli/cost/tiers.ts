import type { CostReport } from './cost-report';

/** What the tier called `name` costs: computed when this version was made, from the templates of an example. */
export async function costOfTier(name: string): Promise<CostReport> {
  const { default: tiers } = await import('./tiers.json', { with: { type: 'json' } });
  return (tiers as unknown as Readonly<Record<string, CostReport>>)[name];
}
