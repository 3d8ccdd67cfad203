/* What takes longer than a moment says so, second by second: a form that was sent, and a file that is being made
   ([data-file]). A form is sent once, however often its button is pressed. Without this script the browser's own sign
   is all there is, and everything works as well. */
(() => {
  "use strict";
  const MOMENT = 600, AGAIN = 10000;
  const strip = document.getElementById("sibuk");
  const underWay = new Set();
  let clock = 0, late = 0;

  const begin = (text) => {
    end();
    const since = Date.now();
    const tell = () => {
      const seconds = Math.floor((Date.now() - since) / 1000);
      strip.textContent = seconds > 1 ? `${text} ${seconds} ${strip.dataset.seconds}` : text;
    };
    late = setTimeout(() => { tell(); clock = setInterval(tell, 1000); }, MOMENT);
  };
  const end = () => {
    clearTimeout(late);
    clearInterval(clock);
    strip.textContent = "";
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return; /* htmx sends it by itself */
    if (underWay.has(form)) { event.preventDefault(); return; }
    underWay.add(form);
    setTimeout(() => underWay.delete(form), AGAIN); /* for who stopped the browser */
    begin(strip.dataset.sent);
  });
  addEventListener("pageshow", () => { underWay.clear(); end(); }); /* back again, with what was typed */

  const nameOf = (answer) => /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
  const fetchFile = async (link) => {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    const name = nameOf(answer);
    if (!answer.ok || !name) throw new Error("no file");
    const address = URL.createObjectURL(await answer.blob());
    const save = Object.assign(document.createElement("a"), { href: address, download: name[1] });
    save.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-file]");
    const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || event.defaultPrevented) return;
    event.preventDefault();
    if (underWay.has(link)) return;
    underWay.add(link);
    begin(strip.dataset.file);
    /* Whatever is no file (an explanation, the sign-in page) is shown as it would be without this. */
    fetchFile(link).catch(() => location.assign(link.href)).finally(() => { underWay.delete(link); end(); });
  });
})();
