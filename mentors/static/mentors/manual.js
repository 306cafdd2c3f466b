// The player of a manual: begins at the second of the address, jumps from steps and captions, tells what was watched, and
// beside the captions puts the film's time into the lines.
"use strict";

for (const box of document.querySelectorAll("[data-manual]")) play(box);

function play(box) {
  const video = box.querySelector("video");
  const form = box.querySelector("[data-beat-form]");
  let start = null; // of the stretch that runs
  let place = 0;

  function go(to, plays) {
    video.currentTime = to;
    if (plays) video.play().catch(() => {});
  }

  async function beat() {
    if (!form || start === null || place - start < 0.3) return;
    const body = new FormData(form);
    body.delete("once_mark"); // one page tells many stretches
    body.set("start", start.toFixed(1));
    body.set("end", place.toFixed(1));
    start = place;
    try {
      await fetch(form.action, { method: "POST", body, keepalive: true });
    } catch {
      // Who watched is not worth stopping the film for; the next stretch is told again.
    }
  }

  video.addEventListener("loadedmetadata", () => Number(box.dataset.start) && go(Number(box.dataset.start), false));
  video.addEventListener("timeupdate", () => {
    if (video.seeking) return;
    const step = video.currentTime - place;
    if (step < 0 || step > 2) {
      beat();
      start = null;
    }
    place = video.currentTime;
    if (start === null && !video.paused) start = place;
  });
  for (const name of ["pause", "ended"]) {
    video.addEventListener(name, () => {
      if (start !== null) place = video.currentTime;
      beat();
      start = null;
    });
  }
  video.addEventListener("error", () => { box.querySelector("[data-dead]").hidden = false; });
  window.addEventListener("pagehide", beat);
  setInterval(() => !video.paused && beat(), Number(box.dataset.beat) * 1000);
  document.addEventListener("click", (event) => {
    const jump = event.target.closest("a[data-at]");
    if (!jump) return;
    event.preventDefault();
    go(Number(jump.dataset.at), true);
    box.scrollIntoView({ block: "nearest" });
  });
  lines(video, go);
}

function lines(video, go) {
  const area = document.querySelector("[data-typed-captions]");
  const insert = document.querySelector("[data-insert-time]");
  const show = document.querySelector("[data-play-line]");
  if (!area || !insert) return;
  insert.hidden = show.hidden = false;

  insert.addEventListener("click", () => {
    const line = `${clock(video.currentTime)} `;
    const before = area.value.slice(0, area.selectionEnd);
    const after = area.value.slice(area.selectionEnd);
    const glue = before && !before.endsWith("\n") ? "\n" : "";
    area.value = before + glue + line + (after && !after.startsWith("\n") ? "\n" : "") + after;
    const at = (before + glue + line).length;
    area.focus();
    area.setSelectionRange(at, at);
  });
  show.addEventListener("click", () => {
    const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const found = /^\s*(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)/.exec(area.value.slice(from));
    if (found) go(Number(found[1] || 0) * 3600 + Number(found[2]) * 60 + Number(found[3]), true);
  });
}

function clock(seconds) {
  const tenths = Math.round(seconds * 10) / 10;
  const hours = Math.floor(tenths / 3600);
  const minutes = Math.floor(tenths / 60) % 60;
  const rest = (tenths % 60).toFixed(1).replace(/\.0$/, "");
  const padded = Number(rest) < 10 ? `0${rest}` : rest;
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${padded}` : `${minutes}:${padded}`;
}
