import type { UploadLink } from '../../adapters/upload-link.ts';
import { dateAt, longDate, longMoment } from '../../domain/calendar.ts';
import { referenceOf } from '../../domain/case.ts';
import type { Language, StateParty } from '../../domain/treaty.ts';
import { paths } from '../paths.ts';
import { useSite } from '../site.tsx';
import { WORDS } from '../words.ts';
import { Layout } from './layout.tsx';
import { Button, ErrorSummary, type FieldError, Form, Input, SummaryList, TextArea } from './parts.tsx';
import { Refusal } from './refused.tsx';

export type Upload = { link: UploadLink; language: Language; state: StateParty; contact: string };

const OFFICIAL_ADDRESS = 'ccm@un.org';

type UploadForm = Upload & { proof: string; errors: FieldError[]; note: string; now: Date; tryLater: boolean };

/** Where a State Party sends its report: which, for when, what can be received, and that the official channel remains. */
export function UploadPage(upload: UploadForm) {
  const { link, language, state, errors, now } = upload;
  const title = WORDS[language].upload.title(reportName(link, language));
  const prefix = errors.length > 0 ? WORDS[language].site.error : '';
  return (
    <Layout title={prefix + title} language={language} languages={(each) => `${paths.report(link)}?lang=${each}`}>
      <div class="fp-reading">
        <ErrorSummary errors={errors} language={language} />
        <span class="govuk-caption-l">
          <bdi>{state.names[language]}</bdi>
        </span>
        <h1 class="govuk-heading-l">{title}</h1>
        <Standing link={link} language={language} now={now} />
        <FileForm {...upload} />
        <About language={language} />
      </div>
    </Layout>
  );
}

function FileForm({ link, language, proof, errors, note, tryLater }: UploadForm) {
  const words = WORDS[language].upload;
  return (
    <Form action={paths.report(link)} proof={proof} hasFiles>
      <Input name="file" type="file" label={words.file} hint={words.fileHint} errors={errors} accept=".pdf,.docx" />
      {errors.length > 0 && <p class="govuk-body">{tryLater ? words.tryLater : words.chooseAgain}</p>}
      <TextArea name="note" label={`${words.note} ${words.optional}`} value={note} rows={3} errors={errors} />
      <Button>{words.send}</Button>
    </Form>
  );
}

export function reportName({ case: { kind, year } }: UploadLink, language: Language): string {
  const words = WORDS[language].upload;
  return kind === 'initial' ? words.initial : words.annual(year - 1);
}

function Standing({ link, language, now }: { link: UploadLink; language: Language; now: Date }) {
  const words = WORDS[language].upload;
  const { timeZone } = useSite();
  const { dueAt, closesAt, closedAt } = link.case;
  const isLate = dueAt !== null && dueAt < now;
  const day = (at: Date) => longDate(dateAt(at.getTime(), timeZone), language);
  const when = (at: Date) => longMoment(at.getTime(), language, timeZone);
  return (
    <>
      <SummaryList
        rows={[
          dueAt && { key: words.due, value: day(dueAt) },
          { key: words.closes, value: closesAt ? day(closesAt) : when(link.expiresAt) },
          { key: words.reference, value: referenceOf(link.case.id) },
        ]}
      />
      {(closedAt || isLate) && (
        <div class="govuk-inset-text">{closedAt ? words.closed(when(link.expiresAt)) : words.late}</div>
      )}
      {link.received && (
        <div class="govuk-inset-text">{words.received(link.received.version, when(link.received.receivedAt))}</div>
      )}
    </>
  );
}

/** Where the copy goes, and that the official channel remains. */
export function About({ language }: { language: Language }) {
  const words = WORDS[language].upload;
  const { office } = useSite();
  return (
    <>
      <p class="govuk-body">{words.office(office.name[language])}</p>
      <p class="govuk-body">
        {words.official} {words.officialUn} <Mail address={OFFICIAL_ADDRESS} />.
      </p>
    </>
  );
}

function Mail({ address }: { address: string }) {
  return (
    <a class="govuk-link" href={`mailto:${address}`}>
      {address}
    </a>
  );
}

/** The link is at its end, the report is not: where it can go now. */
export function UploadEndedPage({ link, language, contact }: Upload) {
  const words = WORDS[language].upload;
  const { timeZone } = useSite();
  const isExpired = link.standing === 'expired';
  return (
    <Refusal title={isExpired ? words.expired : words.revoked} language={language}>
      <p class="govuk-body">
        {isExpired ? words.expiredOn(longMoment(link.expiresAt.getTime(), language, timeZone)) : words.revokedWhy}
      </p>
      <p class="govuk-body">
        {words.still} <Mail address={contact} />.
      </p>
      <About language={language} />
    </Refusal>
  );
}
