import { referenceOf } from '../../../domain/case.ts';
import { paths } from '../../paths.ts';
import { Button, ErrorSummary, type FieldError, Form, Input, TextArea } from '../parts.tsx';
import type { CasePageProps } from './case.tsx';

/** What was typed beside the file, and what is wrong with it. A file has to be chosen again: browsers never give it back. */
export type PostedForm = { receivedOn: string; note: string; errors: FieldError[] };

/** A report that came on paper or in a bag: the officer files it with the day it reached the office. */
export function RecordReport({ on, file, posted }: CasePageProps) {
  const errors = posted?.errors ?? [];
  const today = on.words.iso(on.now);
  return (
    <details class="fp-action" open={errors.length > 0} id="record">
      <summary>Record a report that came by post</summary>
      <ErrorSummary errors={errors} language="en" />
      <Form action={paths.case(referenceOf(file.id))} proof={on.viewer.proof} hasFiles>
        <Input
          name="receivedOn"
          label="The day it reached the office"
          type="date"
          value={posted?.receivedOn ?? today}
          errors={errors}
        />
        <TextArea
          name="note"
          label="Note (optional)"
          hint="For example how it came. It stands in the timeline."
          rows={2}
          value={posted?.note}
          errors={errors}
        />
        <Input
          name="file"
          label="The report"
          hint="PDF or Word (DOCX), at most 25 MB."
          type="file"
          accept=".pdf,.docx"
          errors={errors}
        />
        <Button>File it: reminders stop, a receipt is sent</Button>
      </Form>
    </details>
  );
}
