// Small comforts over pages that work without any script: one submit a click, a question before what cannot be
// undone, printing, menus that close, and arrow keys in a roster.
"use strict";

function holdSubmitButtons(form) {
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    button.setAttribute("aria-busy", "true");
    // After the submit event, so that the pressed button's own name and value are still sent.
    setTimeout(() => { button.disabled = true; });
  }
  setTimeout(() => releaseSubmitButtons(form), 8000);
}

function releaseSubmitButtons(form) {
  for (const button of form.querySelectorAll("button[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.disabled = false;
  }
}

// Another tab may have switched the organisation since this page was shown; the server then takes nothing.
function sayForWhom(form) {
  const { actingFor } = document.body.dataset;
  if (!actingFor || form.elements.namedItem("acting_for")) return;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "acting_for";
  field.value = actingFor;
  form.append(field);
}

function dialogButton(text, className) {
  const button = document.createElement("button");
  button.type = "submit";
  button.className = className;
  button.textContent = text;
  return button;
}

function askFirst(form, submitter) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const question = document.createElement("p");
  question.id = "dialog-question";
  question.textContent = submitter?.dataset.confirm || form.dataset.confirm;
  dialog.setAttribute("aria-labelledby", question.id);
  const answers = document.createElement("form");
  answers.method = "dialog";
  answers.className = "actions";
  const go = dialogButton(submitter?.textContent.trim() || "OK", submitter?.className || "btn");
  go.value = "go";
  answers.append(go, dialogButton(form.dataset.cancelLabel || "キャンセル", "btn btn-outline"));
  dialog.append(question, answers);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue !== "go") return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(submitter);
  });
  dialog.showModal();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const asks = form.dataset.confirm || event.submitter?.dataset.confirm;
  if (asks && !form.dataset.confirmed) {
    event.preventDefault();
    askFirst(form, event.submitter);
    return;
  }
  delete form.dataset.confirmed;
  if (form.method !== "post" || event.defaultPrevented) return;
  sayForWhom(form);
  holdSubmitButtons(form);
});

// What was typed before a login that had expired goes back into the form that asks for it.
function giveBack(list) {
  const items = [...list.querySelectorAll("[data-name]")];
  const asks = (form) => items.filter((item) => form.elements.namedItem(item.dataset.name)).length;
  const form = [...document.forms].filter((one) => one.method === "post").sort((a, b) => asks(b) - asks(a))[0];
  if (!form || !asks(form)) return;
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = false;
  const taken = new Map();
  for (const { dataset: { name }, textContent: value } of items) {
    const fields = [...form.elements].filter((one) => one.name === name && !["hidden", "file", "submit"].includes(one.type));
    const choices = fields.filter((one) => ["checkbox", "radio"].includes(one.type));
    for (const one of choices) one.checked ||= one.value === value;
    if (choices.length) continue;
    const field = fields[taken.get(name) ?? 0];
    taken.set(name, (taken.get(name) ?? 0) + 1);
    if (field?.multiple) for (const option of field.options) option.selected ||= option.value === value;
    else if (field) field.value = value;
  }
}

for (const list of document.querySelectorAll("[data-typed]")) giveBack(list);

// A page taken from the browser's back store must not keep its buttons held.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) releaseSubmitButtons(form);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

function moveInRoster(event) {
  const cell = event.target.closest("[data-roster] td");
  const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
  if (!cell || !step || event.target.matches("textarea, button, a") || event.isComposing) return;
  if (event.target.matches("select") && event.key !== "Enter") return;
  const row = cell.parentElement;
  const next = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  const target = next?.cells[cell.cellIndex]?.querySelector("input, select");
  if (event.key === "Enter" || target) event.preventDefault();
  target?.focus();
  target?.select?.();
}

document.addEventListener("keydown", (event) => {
  moveInRoster(event);
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;

// Only where the browser lets a page write to the clipboard are the buttons shown; what is copied is said on the button.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
    });
  }
}

// In a sheet of people it starts at the first cell that was refused, and what stands there is typed over.
const refused = document.querySelector("[data-roster] td [aria-invalid=true]");
const start = refused ?? document.querySelector("[data-roster] td [autofocus]");
start?.focus();
start?.select?.();

// After a refused form the keyboard starts at what is wrong; Tab leads on to the fields named there.
document.querySelector("[data-error-summary]")?.focus();
