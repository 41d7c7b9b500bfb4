import type { MailFile } from '../../../adapters/filing.ts';
import { paths } from '../../paths.ts';
import { fileSize } from '../../presenters/case.ts';

/** The files a mail carries, to be taken along; those that could not be received, with the reason. */
export function MailFiles({ mail }: { mail: { id: string; files: MailFile[] } }) {
  if (mail.files.length === 0) return null;
  return (
    <ul class="govuk-list fp-small">
      {mail.files.map(({ fileName, size, refusal }, place) => (
        <li key={place}>
          {refusal ? (
            <bdi>{fileName}</bdi>
          ) : (
            <a class="govuk-link" href={paths.mailFile(mail.id, place)} download>
              <bdi>{fileName}</bdi>
            </a>
          )}{' '}
          <span class="fp-quiet">
            {fileSize(size)}
            {refusal && `. ${refusal}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
