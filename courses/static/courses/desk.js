// The room screen: its clock runs between two answers of the server, the screen stays awake, a lost line is said aloud.
"use strict";

const desk = document.querySelector("[data-desk]");
let heardAt = Date.now();
let server = null;

function listen() {
  const live = document.getElementById("desk-live");
  if (!live?.dataset.now) return;
  heardAt = Date.now();
  server = { now: Date.parse(live.dataset.now), left: Number(live.dataset.left) };
}

function tick() {
  if (!server) return;
  const passed = Date.now() - heardAt;
  const clock = desk.querySelector("[data-desk-clock]");
  const left = desk.querySelector("[data-desk-left]");
  const now = new Date(server.now + passed);
  clock.textContent = now.toLocaleTimeString("ja-JP", { hour12: false, timeZone: "Asia/Tokyo" });
  left.value = Math.max(server.left - passed / 1000, 0);
  // The new half minute has begun: ask at once instead of at the next poll.
  if (server.left - passed / 1000 <= 0 && passed < 40000) htmx.trigger("#desk-live", "refresh");
  desk.querySelector("[data-desk-lost]").hidden = passed < 15000;
}

let wakeLock = null;
async function stayAwake() {
  if (!("wakeLock" in navigator) || document.visibilityState !== "visible") return;
  try {
    wakeLock = await navigator.wakeLock.request("screen");
  } catch {
    wakeLock = null; // A low battery may refuse; the screen then dims as it always did.
  }
}

if (desk) {
  listen();
  setInterval(tick, 1000);
  document.body.addEventListener("htmx:afterSwap", listen);
  stayAwake();
  document.addEventListener("visibilitychange", stayAwake);
  const button = document.querySelector("[data-fullscreen]");
  if (button && document.fullscreenEnabled) {
    button.hidden = false;
    button.addEventListener("click", () => desk.requestFullscreen());
  }
}

// Whoever opens the room screen wants the code, whole, and not the head of the page above it.
document.querySelector(".desk-code")?.scrollIntoView({ block: "center" });
