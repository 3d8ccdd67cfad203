/* Live updates: [data-live] names a stream, [data-tells] what asks anew when the stream says that something changed.
   While the stream is alive, questions asked by the clock are left out; when it falls silent they go on as before. */
(() => {
  "use strict";
  const SILENCE = 40000; /* two signs of life missed */
  const LATER = 30000;

  const follow = (address, told) => {
    let heard = 0, isAsking = false, isStale = false;
    /* Not detail.elt: once the asker has been replaced, htmx tells its parent. */
    const isOurs = (event) => event.detail.requestConfig.elt.matches(told);
    const ask = () => {
      const target = document.querySelector(told);
      if (isAsking) isStale = true; /* the answer under way may be older than this change */
      else if (target) htmx.trigger(target, "berubah");
    };
    const listen = () => {
      const stream = new EventSource(address);
      stream.addEventListener("hidup", () => { heard = Date.now(); });
      stream.addEventListener("berubah", () => { heard = Date.now(); ask(); });
      stream.addEventListener("error", () => {
        heard = 0;
        if (stream.readyState === EventSource.CLOSED) setTimeout(listen, LATER);
      });
    };
    document.body.addEventListener("htmx:beforeRequest", (event) => {
      if (!isOurs(event)) return;
      const isByClock = !event.detail.requestConfig.triggeringEvent;
      if (isByClock && Date.now() - heard < SILENCE) event.preventDefault();
      else isAsking = true;
    });
    document.body.addEventListener("htmx:afterRequest", (event) => {
      if (!isOurs(event)) return;
      isAsking = false;
      if (isStale) { isStale = false; setTimeout(ask, 0); }
    });
    listen();
  };

  for (const place of document.querySelectorAll("[data-live]")) follow(place.dataset.live, place.dataset.tells);
})();
