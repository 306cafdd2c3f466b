// A roster by keyboard alone: 1 present, 2 absent, 3 to the minutes late, 4 to the minutes early, Ctrl+Enter saves.
// Arrows and Enter, which move between people, are everywhere's (app.js).
"use strict";

function rowInput(row, name) {
  return row.querySelector(`input[name$="-${name}"]:not([type=hidden])`);
}

function answerByNumber(event) {
  const row = event.target.closest("[data-roster] tr");
  if (!row || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (!event.target.matches("input[type=radio]")) return;
  const [present, absent] = row.querySelectorAll("input[type=radio]");
  const does = {
    1: () => { present.checked = true; present.focus(); },
    2: () => { absent.checked = true; absent.focus(); },
    3: () => rowInput(row, "late").select(),
    4: () => rowInput(row, "early").select(),
  }[event.key];
  if (!does || present.disabled) return;
  event.preventDefault();
  does();
}

document.addEventListener("keydown", (event) => {
  answerByNumber(event);
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = document.querySelector("[data-roster-form]");
  if (!form?.contains(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  form.requestSubmit(form.querySelector("button.btn-lg"));
}, true);
