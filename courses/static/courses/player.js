// The player of a unit's video: tells the server every stretch that was really watched, goes on where one stopped, and
// does not jump ahead of what was seen. What counts is the server's to say; this page only asks.
"use strict";

for (const box of document.querySelectorAll("[data-player]")) play(box);

function play(box) {
  const video = box.querySelector("video");
  const form = box.querySelector("[data-beat-form]");
  const notice = box.querySelector("[data-notice]");
  const counts = box.dataset.counts === "yes";
  const seen = () => box.querySelector("[data-seen]").dataset;
  let far = counts ? Number(seen().reached) : Infinity;
  let start = null; // of the stretch that runs
  let place = 0; // where the film was at the last look
  let sending = false;

  function say(text) {
    notice.replaceChildren();
    if (!text) return;
    const paragraph = document.createElement("p");
    paragraph.className = "soft";
    paragraph.textContent = text;
    notice.append(paragraph);
  }

  function showDead() {
    box.querySelector("[data-dead]").hidden = false;
    box.querySelector(".player").hidden = true;
  }

  function openChapters() {
    for (const button of box.querySelectorAll("[data-at]")) button.disabled = Number(button.dataset.at) > far + 1;
  }

  async function beat() {
    if (!counts || sending || start === null || place - start < 0.2) return;
    const stretch = { start, end: Math.min(place, Number(box.dataset.duration)) };
    if (stretch.end <= stretch.start) return;
    sending = true;
    start = place;
    const body = new FormData(form);
    body.delete("once_mark"); // one page tells many stretches; each has its own key
    body.set("start", stretch.start.toFixed(1));
    body.set("end", stretch.end.toFixed(1));
    try {
      await answered(await fetch(form.action, { method: "POST", body, keepalive: true }), stretch);
    } catch {
      // Nothing was recorded: the stretch is watched again from its beginning.
      goBack(stretch.start);
      say(box.dataset.offline);
    } finally {
      sending = false;
    }
  }

  async function answered(response, stretch) {
    const text = await response.text();
    if (response.ok && !response.redirected) {
      box.querySelector("[data-seen-box]").innerHTML = text;
      say("");
      return;
    }
    goBack(stretch.start);
    if (response.status === 409 || response.status === 400) notice.innerHTML = text;
    else say(box.dataset.offline);
  }

  function goBack(to) {
    video.pause();
    start = null;
    place = to;
    far = Math.max(Number(seen().reached), to);
    video.currentTime = to;
  }

  video.addEventListener("loadedmetadata", () => {
    const { position, done } = seen();
    if (done !== "yes" && Number(position) < video.duration - 1) video.currentTime = Math.min(Number(position), far);
    place = video.currentTime;
    openChapters();
  });
  video.addEventListener("timeupdate", () => {
    if (video.seeking) return;
    const step = video.currentTime - place;
    if (step < 0 || step > 2) {
      beat();
      start = null;
    }
    place = video.currentTime;
    if (start === null && !video.paused) start = place;
    if (place > far) {
      far = place;
      openChapters();
    }
  });
  video.addEventListener("seeking", () => {
    if (video.currentTime <= far + 1) return;
    video.currentTime = far;
    say(box.dataset.far);
  });
  video.addEventListener("ratechange", () => {
    if (video.playbackRate !== 1) video.playbackRate = 1;
  });
  for (const name of ["pause", "ended"]) {
    video.addEventListener(name, () => {
      if (start !== null) place = video.currentTime;
      beat();
      start = null;
    });
  }
  video.addEventListener("error", showDead);
  document.addEventListener("visibilitychange", () => document.hidden && counts && video.pause());
  window.addEventListener("pagehide", beat);
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-at]");
    if (!button) return;
    video.currentTime = Number(button.dataset.at);
    video.play();
  });
  setInterval(() => !video.paused && beat(), Number(box.dataset.beat) * 1000);
  openChapters();
  if (video.error || video.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) showDead();
}
