import { count, Delivered, mailboxPath, page } from './layout.tsx';
import { Letters, ListHeading, Search, SearchBox, type Sheet } from './letter-list.tsx';
import type { Store } from './store.ts';

type Addresses = ReturnType<Store['addresses']>;

export function homePage({ sheet, addresses }: { sheet: Sheet; addresses: Addresses }): string {
  return page({
    title: 'All letters',
    children: (
      <div class="columns">
        <section class="columns__main">
          <ListHeading title="All letters" path="/" sheet={sheet} />
          <Search path="/" sheet={sheet} />
          <Letters sheet={sheet} path="/" empty="As soon as a letter is sent to anybody, it is listed here." />
        </section>
        <section class="columns__side" aria-labelledby="mailboxes">
          <h2 id="mailboxes">Mailboxes</h2>
          <AddressList addresses={addresses.slice(0, 12)} />
          {addresses.length > 12 && (
            <p>
              <a href="/mailboxes">All {count(addresses.length, 'mailbox', 'mailboxes')}</a>
            </p>
          )}
        </section>
      </div>
    ),
  });
}

export function addressesPage({ addresses, search }: { addresses: Addresses; search: string }): string {
  return page({
    title: 'Mailboxes',
    children: (
      <>
        <h1>Mailboxes</h1>
        <p>One for each address that a letter was sent to, the one with the newest letter first.</p>
        <SearchBox path="/mailboxes" label="Search by address" search={search} />
        <AddressList addresses={addresses} />
      </>
    ),
  });
}

export function mailboxPage(given: { address: string; sheet: Sheet; wasSent: boolean }): string {
  const { address, sheet } = given;
  const path = mailboxPath(address);
  return page({
    title: address,
    children: (
      <>
        {given.wasSent && <Delivered>The letter was delivered to {address}.</Delivered>}
        <ListHeading title={address} path={path} sheet={sheet} />
        <Search path={path} sheet={sheet} />
        <Letters sheet={sheet} path={path} empty="A letter to this address will be listed here." />
        <p>
          <a class="button button--quiet" href={`/write?from=${encodeURIComponent(address)}`}>
            Write a letter from this address
          </a>
        </p>
      </>
    ),
  });
}

function AddressList({ addresses }: { addresses: Addresses }) {
  if (addresses.length === 0) return <p class="empty">No mailbox yet.</p>;
  return (
    <ul class="addresses">
      {addresses.map(({ address, count: letters }) => (
        <li key={address}>
          <a href={mailboxPath(address)}>
            <bdi>{address}</bdi>
          </a>{' '}
          <span class="quiet">{count(letters, 'letter')}</span>
        </li>
      ))}
    </ul>
  );
}
