// The service worker: it keeps the page, so that it works without a network after its first visit.
// The network is asked first, so that a rebuilt page is shown at once.

importScripts("made/files.js"); // sets `self.files`: { version, paths }

const CACHE = `instep-${self.files.version}`;

addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(self.files.paths)));
});

addEventListener("activate", (event) => {
  event.waitUntil(leaveOldCaches().then(() => self.clients.claim()));
});

addEventListener("fetch", (event) => {
  const isOwn = new URL(event.request.url).origin === self.location.origin;
  if (event.request.method === "GET" && isOwn) event.respondWith(answer(event.request));
});

async function leaveOldCaches() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith("instep-") && name !== CACHE).map((name) => caches.delete(name)),
  );
}

/** Return the network's answer, and keep it; without a network return the kept one. */
async function answer(request) {
  const cache = await caches.open(CACHE);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && fresh.status === 200) cache.put(request, fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}
