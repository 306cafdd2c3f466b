// Sends a film in parts: each with its hash, the next when the last has arrived, and after a break from where the server is.
"use strict";

for (const form of document.querySelectorAll("[data-film]")) sending(form);

function sending(form) {
  const says = form.querySelector("[data-film-says]");
  const box = form.querySelector("[data-film-progress]");
  const size = Number(form.dataset.part);
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  function show(sent, whole) {
    const percent = Math.floor((sent * 100) / whole);
    box.hidden = false;
    box.querySelector("progress").value = percent;
    box.querySelector("[data-film-percent]").textContent = `${percent}%`;
  }

  async function hex(buffer) {
    if (!window.crypto || !crypto.subtle) return "";
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // Tries again as long as the line is broken; an answer that refuses ends it with its sentence.
  async function post(url, fields) {
    for (let wait = 1000; ; wait = Math.min(wait * 2, 30000)) {
      const body = new FormData(form);
      body.delete("film");
      body.delete("once_mark");
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      try {
        const answer = await fetch(url, { method: "POST", body });
        if (answer.ok || answer.status === 409) return answer;
        if (answer.status < 500) throw new Refusal(answer.statusText);
      } catch (failure) {
        if (failure instanceof Refusal) throw failure;
      }
      says.textContent = form.dataset.broken;
      await pause(wait);
    }
  }

  class Refusal extends Error {}

  async function send(file) {
    const begun = await post(form.dataset.begin, { name: file.name, size: file.size });
    if (begun.status === 409) throw new Refusal(await begun.text());
    const films = form.dataset.films.replace(/0\/$/, `${begun.headers.get("Upload-Film")}/`);
    let at = Number(begun.headers.get("Upload-Offset"));
    const digests = [];
    for (let from = 0; from < at; from += size) digests.push(await hex(await file.slice(from, Math.min(from + size, at)).arrayBuffer()));
    while (at < file.size) {
      says.textContent = form.dataset.sending;
      show(at, file.size);
      const part = file.slice(at, at + size);
      const digest = await hex(await part.arrayBuffer());
      const answer = await post(`${films}part/`, { number: Math.floor(at / size), digest, part });
      const offset = answer.headers.get("Upload-Offset");
      if (answer.status === 409 && offset === null) throw new Refusal(await answer.text());
      if (answer.ok) digests.push(digest);
      if (answer.status === 409 && Number(offset) === at) throw new Refusal(await answer.text());
      at = Number(offset);
    }
    show(at, file.size);
    const whole = digests.every(Boolean) ? await hex(new TextEncoder().encode(digests.join(""))) : "";
    const done = await post(`${films}finish/`, { digest: whole });
    if (done.status === 409) throw new Refusal(await done.text());
    says.textContent = form.dataset.done;
    window.location.reload();
  }

  form.addEventListener("submit", async (event) => {
    const file = form.querySelector("input[type=file]").files[0];
    if (!file) return;
    event.preventDefault();
    const button = form.querySelector("button.btn-lg");
    button.disabled = true;
    try {
      await send(file);
    } catch (failure) {
      says.textContent = failure.message;
      button.disabled = false;
    }
  });
}
