// The pad: drawn with a finger, a pen or the mouse, or filled from the typed name where the form asks for one; sent as
// one picture. Without this script the pad stays hidden, and the form is sent without a picture.
"use strict";

const form = document.querySelector("[data-sign]");
const pad = form?.querySelector("[data-pad]");

if (pad) {
  const pen = pad.getContext("2d");
  const typed = form.elements.namedItem("typed");
  let isWriting = false;
  let hasInk = false;

  const clear = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, pad.width, pad.height);
    hasInk = false;
  };
  const place = (event) => {
    const box = pad.getBoundingClientRect();
    return [(event.clientX - box.left) * pad.width / box.width, (event.clientY - box.top) * pad.height / box.height];
  };
  const writeName = () => {
    clear();
    const name = typed.value.trim();
    if (!name) return;
    const size = Math.min(96, (pad.width - 80) / name.length);
    pen.fillStyle = "#1a1a1a";
    pen.font = `${size}px serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(name, pad.width / 2, pad.height / 2);
    hasInk = true;
  };

  pad.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button > 0) return;
    event.preventDefault();
    if (typed?.value) { typed.value = ""; clear(); }
    isWriting = true;
    pad.setPointerCapture(event.pointerId);
    pen.strokeStyle = "#1a1a1a";
    pen.lineWidth = 6;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  pad.addEventListener("pointermove", (event) => {
    if (!isWriting) return;
    for (const each of event.getCoalescedEvents?.() || [event]) pen.lineTo(...place(each));
    pen.stroke();
    hasInk = true;
  });
  for (const end of ["pointerup", "pointercancel"]) pad.addEventListener(end, () => { isWriting = false; });
  form.querySelector("[data-pad-clear]").addEventListener("click", () => {
    if (typed) typed.value = "";
    clear();
  });
  typed?.addEventListener("input", writeName);
  form.addEventListener("submit", () => {
    form.elements.namedItem("picture").value = hasInk ? pad.toDataURL("image/png") : "";
  });
  pad.closest("[hidden]")?.removeAttribute("hidden");
  clear();
  if (typed?.value) writeName();
}
