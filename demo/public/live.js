// Something has arrived, or the connection is new: the page fetches itself and puts in what is marked `data-live`.
const stream = new EventSource('/webhooks/stream');

async function refresh() {
  const response = await fetch(location.href);
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const stale of document.querySelectorAll('[data-live]')) {
    const replacement = fresh.getElementById(stale.id);
    if (replacement !== null) stale.replaceWith(replacement);
  }
}

// One after the other, so that an older page never replaces a newer one.
let refreshed = Promise.resolve();
const refreshNext = () => {
  refreshed = refreshed.then(refresh).catch(() => {});
};

stream.addEventListener('open', refreshNext);
stream.addEventListener('message', refreshNext);
