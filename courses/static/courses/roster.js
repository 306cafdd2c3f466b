// A roster by keyboard alone. A key means one thing wherever in a row the focus is, so the keys are letters: figures are
// minutes. O present, X absent, L to the minutes late, E to the minutes early, Z takes the last change back, Ctrl+Enter saves.
// Arrows and Enter, which move between people, are everywhere's (app.js).
"use strict";

const rosterForm = document.querySelector("[data-roster-form]");
const rosterTold = document.querySelector("[data-roster-told]");
const changesMade = [];

function rowInput(row, name) {
  return row.querySelector(`input[name$="-${name}"]:not([type=hidden])`);
}

function stateOf(row) {
  return [...row.querySelectorAll("input:not([type=hidden])")].map((input) => [input, input.checked, input.value]);
}

function tell(text) {
  if (rosterTold) rosterTold.textContent = text;
}

// What differs from how the page came, so that it is seen before it is saved.
function showChanged(row) {
  const differs = stateOf(row).some(([input, checked, value]) =>
    input.type === "radio" ? checked !== input.defaultChecked : value !== input.defaultValue);
  row.classList.toggle("is-changed", differs);
}

function remember(row) {
  changesMade.push({ row, state: row.rosterState ?? stateOf(row) });
}

function settled(row) {
  row.rosterState = stateOf(row);
  showChanged(row);
}

function choose(radio) {
  const row = radio.closest("tr");
  if (radio.checked) return tell(radio.closest("label").textContent.trim());
  remember(row);
  radio.checked = true;
  settled(row);
  tell(radio.closest("label").textContent.trim());
}

function takeBackLast() {
  const last = changesMade.pop();
  if (!last) return tell(rosterTold?.dataset.nothing ?? "");
  for (const [input, checked, value] of last.state) {
    if (input.type === "radio") input.checked = checked;
    else input.value = value;
  }
  settled(last.row);
  last.row.querySelector("input:checked")?.focus();
  tell(`${last.row.cells[0].firstChild.textContent.trim()} ${rosterTold?.dataset.undone ?? ""}`);
}

function answerByLetter(event) {
  const row = event.target.closest("[data-roster] tbody tr");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input[type=text], textarea, select")) return;
  const [present, absent] = row.querySelectorAll("input[type=radio]");
  if (!present || present.disabled) return;
  const does = {
    KeyO: () => choose(present),
    KeyX: () => choose(absent),
    KeyL: () => rowInput(row, "late").select(),
    KeyE: () => rowInput(row, "early").select(),
    KeyZ: takeBackLast,
  }[event.code];
  if (!does) return;
  event.preventDefault();
  does();
}

document.addEventListener("keydown", (event) => {
  answerByLetter(event);
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  if (!rosterForm?.contains(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  rosterForm.requestSubmit(rosterForm.querySelector("button.btn-lg"));
}, true);

for (const row of document.querySelectorAll("[data-roster] tbody tr")) {
  row.rosterState = stateOf(row);
  row.addEventListener("change", () => {
    remember(row);
    settled(row);
  });
}
