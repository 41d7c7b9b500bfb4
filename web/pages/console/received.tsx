import { paths } from '../../paths.ts';
import { type Received, receivedByMonth, receivedWords } from '../../presenters/received.ts';

/** "Received over time, this year against last": the picture, and the table beside it. */
export function ReceivedSection({ received, year }: { received: Received; year: number }) {
  const months = receivedByMonth(received);
  return (
    <section class="fp-received" aria-labelledby="received">
      <h2 class="govuk-heading-m" id="received">
        Received over time
      </h2>
      <div class="fp-received__both">
        <img src={paths.received(year)} alt={receivedWords(received)} width="720" height="250" />
        <table class="govuk-table fp-small">
          <caption class="fp-vh">Reports received by the end of each month</caption>
          <thead>
            <tr>
              <th scope="col">By</th>
              <th scope="col" class="govuk-table__header--numeric">
                {year}
              </th>
              {received.lastYear && (
                <th scope="col" class="govuk-table__header--numeric">
                  {year - 1}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {months.map(({ until, thisYear, lastYear }) => (
              <tr key={until}>
                <th scope="row">{until}</th>
                <td class="govuk-table__cell--numeric">{thisYear}</td>
                {lastYear !== null && <td class="govuk-table__cell--numeric">{lastYear}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {received.lastYear === null && <p class="fp-quiet">There is no record of the year before to compare with.</p>}
    </section>
  );
}
