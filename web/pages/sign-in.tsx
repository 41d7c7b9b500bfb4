import type { Language } from '../../domain/treaty.ts';
import { paths } from '../paths.ts';
import { WORDS } from '../words.ts';
import { Layout } from './layout.tsx';
import { Button, ErrorSummary, type FieldError, Form, Input } from './parts.tsx';

type Base = { language: Language; proof: string };

export function SignInPage({
  language,
  proof,
  email,
  errors,
  hasLeft,
}: Base & {
  email: string;
  errors: FieldError[];
  /** Comes from the button "Sign out". */
  hasLeft: boolean;
}) {
  const words = WORDS[language].signIn;
  const prefix = errors.length > 0 ? WORDS[language].site.error : '';
  return (
    <Layout title={prefix + words.title} language={language} languages={(each) => `${paths.signIn()}?lang=${each}`}>
      <div class="fp-reading">
        <ErrorSummary errors={errors} language={language} />
        {hasLeft && <div class="govuk-inset-text">{words.out}</div>}
        <h1 class="govuk-heading-l">{words.title}</h1>
        <p class="govuk-body">{words.how}</p>
        <Form action={paths.signIn()} proof={proof}>
          <Input name="email" type="email" label={words.email} value={email} errors={errors} autoComplete="email" />
          <Button>{words.button}</Button>
        </Form>
      </div>
    </Layout>
  );
}

/** The same for every address, known or not. */
export function LinkSentPage({ language, mailboxUrl }: { language: Language; mailboxUrl: string | null }) {
  const words = WORDS[language].signIn;
  return (
    <Layout title={words.sent} language={language}>
      <div class="fp-reading">
        <h1 class="govuk-heading-l">{words.sent}</h1>
        <p class="govuk-body">{words.sentHow}</p>
        {mailboxUrl && (
          <p class="govuk-body">
            <a class="govuk-link" href={mailboxUrl}>
              {words.mailbox}
            </a>
          </p>
        )}
        <p class="govuk-body">{words.sentNot}</p>
        <AskAgain language={language} />
      </div>
    </Layout>
  );
}

/** Behind the mailed link: opening it changes nothing, the button does. */
export function EnterPage({ language, proof, token, name }: Base & { token: string; name: string }) {
  const words = WORDS[language].signIn;
  return (
    <Layout title={words.as(name)} language={language}>
      <div class="fp-reading">
        <h1 class="govuk-heading-l">{words.title}</h1>
        <Form action={paths.session(token)} proof={proof}>
          <Button>{words.as(name)}</Button>
        </Form>
        <p class="govuk-body">{words.asWhy}</p>
      </div>
    </Layout>
  );
}

export function UsedLinkPage({ language }: { language: Language }) {
  const words = WORDS[language].signIn;
  return (
    <Layout title={words.used} language={language}>
      <div class="fp-reading">
        <h1 class="govuk-heading-l">{words.used}</h1>
        <p class="govuk-body">{words.usedWhy}</p>
        <AskAgain language={language} />
      </div>
    </Layout>
  );
}

function AskAgain({ language }: { language: Language }) {
  return (
    <p class="govuk-body">
      <a class="govuk-link" href={paths.signIn()}>
        {WORDS[language].signIn.again}
      </a>
    </p>
  );
}
