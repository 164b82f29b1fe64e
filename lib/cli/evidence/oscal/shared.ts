import type { Evidence } from '../model/evidence';

/** Version of OSCAL that the documents follow. */
const OSCAL_VERSION = '1.1.3';

/** Name space of the properties that are ours. */
const PROPERTIES = 'https://github.com/cdk-commerce-baseline/cdk-commerce-baseline/ns/oscal';

/** What every document says about itself. */
export function metadata({ cover }: Evidence, title: string): object {
  return { title, 'last-modified': momentOf(cover.day), version: cover.day, 'oscal-version': OSCAL_VERSION };
}

/** The first moment of a day, UTC. */
export function momentOf(day: string): string {
  return `${day}T00:00:00+00:00`;
}

/** A property of ours. */
export function property(name: string, value: string): object {
  return { name, ns: PROPERTIES, value };
}

/** `text` on one line, as OSCAL wants its values. */
export function line(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** `AC-2(1)` as NIST's catalogue in OSCAL calls it: `ac-2.1`. */
export function nistId(id: string): string {
  return id.toLowerCase().replace(/\((\d+)\)/g, '.$1');
}
