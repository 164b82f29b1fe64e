import type { Evidence } from '../model/evidence';
import { dayOf, type RecordFile } from '../records/record';
import { html, type Content, type Html } from './html';
import { badge, chapter, code, mark, table } from './parts';

/** A record in a paragraph of its control. */
export function recordItem(file: RecordFile): Html {
  const { record, isLapsed, until } = file;
  const outcome = record.holds ? undefined : badge('bad', 'does not hold');
  const lapsed = isLapsed ? badge('bad', `lapsed on ${until ?? ''}`) : undefined;
  return html`<p>${mark(record.kind)} ${outcome} ${lapsed} ${record.statement} (${sourceOf(file)})</p> `;
}

/** Who says so, when, and by which call or as what. */
function sourceOf({ record }: RecordFile): Content {
  return record.kind === 'observed'
    ? html`${record.at}, ${code(record.call)} in ${record.account}, ${record.region}, by ${code(record.principal)}`
    : html`${record.by}, ${record.role}, on ${record.on}`;
}

/** All records, with their digests. */
export function recordsChapter({ records }: Evidence): Html {
  return chapter(
    'records',
    'Records',
    records.length === 0
      ? html`<p>
          No record was given. Nothing on this page claims to have been observed in an account, or attested by a person.
        </p>`
      : table(
          'What was observed and attested, each in a file of this bundle',
          ['Kind', 'Control', 'Day', 'By', 'Document', 'File and SHA-256'],
          records.map((file) => [
            mark(file.record.kind),
            file.record.control,
            dayOf(file.record),
            sourceOf(file),
            file.record.document === undefined
              ? 'none'
              : html`${file.record.document.file}: ${file.document}<br />${code(file.record.document.sha256)}`,
            html`${code(file.file)}<br />${code(file.sha256)}`,
          ]),
        ),
  );
}
