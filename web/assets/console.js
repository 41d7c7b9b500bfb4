// What the console does with script on. Everything works without.

// "/" goes to the search field, unless something is being typed.
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
  const search = document.querySelector('input[type=search]');
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// What refreshes itself waits while somebody is in it: nothing moves under a finger or a reader.
document.addEventListener('htmx:beforeRequest', (event) => {
  const isBusy = [...document.querySelectorAll('[data-live]')].some((part) => part.contains(document.activeElement));
  if (isBusy && event.detail.elt.dataset.live !== undefined) event.preventDefault();
});
