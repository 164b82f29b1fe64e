import type { BundleFile } from '../bundle/manifest';
import type { Evidence } from '../model/evidence';
import { assessmentResults } from './assessment-results';
import { componentDefinition } from './component-definition';

/** The evidence as OSCAL: what the design claims to implement, and what was found. */
export function oscalFiles(evidence: Evidence): BundleFile[] {
  const documents = {
    'oscal/component-definition.json': { 'component-definition': componentDefinition(evidence) },
    'oscal/assessment-results.json': { 'assessment-results': assessmentResults(evidence) },
  };
  return Object.entries(documents).map(([file, document]) => ({
    file,
    content: `${JSON.stringify(document, null, 2)}\n`,
  }));
}
