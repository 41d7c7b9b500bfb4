import type { Receipt } from '../../adapters/upload-link.ts';
import { longMoment } from '../../domain/calendar.ts';
import { referenceOf } from '../../domain/case.ts';
import type { Language } from '../../domain/treaty.ts';
import { paths } from '../paths.ts';
import { useSite } from '../site.tsx';
import { WORDS } from '../words.ts';
import { Layout } from './layout.tsx';
import { ButtonLink, Panel, SummaryList } from './parts.tsx';
import { About, reportName, type Upload } from './upload.tsx';

/** Proof for the sender: what arrived, when, and the fingerprint to recognise it by. Made to be printed. */
export function ReceiptPage({ link, language, state, receipt }: Upload & { receipt: Receipt }) {
  const words = WORDS[language].upload;
  const { timeZone } = useSite();
  const { version, fileName, sha256, size, receivedAt, note } = receipt;
  const { closedAt } = link.case;
  const receivedOn = longMoment(receivedAt.getTime(), language, timeZone);
  return (
    <Layout title={words.receipt} language={language}>
      <div class="fp-reading">
        <Panel title={words.receipt}>{words.thanks}</Panel>
        <SummaryList
          rows={[
            { key: words.state, value: state.names[language] },
            { key: words.report, value: reportName(link, language) },
            { key: words.receivedAt, value: receivedOn },
            { key: words.version, value: version },
            { key: words.fileName, value: <bdi class="fp-anywhere">{fileName}</bdi> },
            { key: words.size, value: sizeOf(size, language) },
            { key: words.hash, value: <code class="fp-hash">{sha256}</code> },
            { key: words.reference, value: referenceOf(link.case.id) },
            note !== '' && {
              key: words.yourNote,
              value: (
                <span class="fp-pre" dir="auto">
                  {note}
                </span>
              ),
            },
          ]}
        />
        <p class="govuk-body">{closedAt && closedAt <= receivedAt ? words.noMail : words.mail}</p>
        <div class="fp-no-print">
          <ButtonLink href={paths.report(link)} look="secondary">
            {words.again}
          </ButtonLink>
        </div>
        <About language={language} />
      </div>
    </Layout>
  );
}

function sizeOf(bytes: number, language: Language): string {
  const isLarge = bytes >= 1_000_000;
  const unit = isLarge ? 'megabyte' : 'kilobyte';
  const size = Math.max(bytes / (isLarge ? 1_000_000 : 1_000), 0.1);
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(size);
}
