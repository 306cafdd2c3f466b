// A form that is kept on the device before it is sent, and forgotten when the server has taken it. Without this script,
// or where the browser keeps nothing, the form is sent as any other.
"use strict";

const box = () => document.querySelector("[data-offline-box]");
const owner = () => `${box()?.dataset.person || ""}:${document.body.dataset.actingFor || ""}`;
const EVERY = 60_000;
let isSending = false;

function kept(mode, ask) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("takumi-forms", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept", { keyPath: "id" });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const work = opening.result.transaction("kept", mode);
      const asked = ask(work.objectStore("kept"));
      work.oncomplete = () => { opening.result.close(); resolve(asked.result); };
      work.onabort = work.onerror = () => { opening.result.close(); reject(work.error); };
    };
  });
}

const all = async () => (await kept("readonly", (store) => store.getAll())).sort((a, b) => a.typedAt - b.typedAt);
const put = (one) => kept("readwrite", (store) => store.put(one));
const find = (id) => kept("readonly", (store) => store.get(id));
const drop = (id) => kept("readwrite", (store) => store.delete(id));

// ---------- keeping ----------

// What is sent again under the same key takes along the files chosen before, which no page can give back.
function withFiles(fields, before) {
  const isFile = ([, value]) => value instanceof File && value.size > 0;
  const has = new Set(fields.filter(isFile).map(([name]) => name));
  const missing = (before?.fields || []).filter((field) => isFile(field) && !has.has(field[0]));
  return [...fields.filter((field) => !(field[1] instanceof File) || isFile(field)), ...missing];
}

async function keep(form, submitter) {
  const fields = [...new FormData(form, submitter)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const id = `${owner()}|${form.dataset.offline}`;
  const one = {
    id, owner: owner(), title: form.dataset.offlineTitle || document.title, page: location.pathname + location.search,
    action: new URL(form.action, location).href, fields: withFiles(fields, await find(id)), typedAt: Date.now(), state: "waiting",
  };
  await put(one);
  newMark(form);
  return one;
}

// The next thing typed on this page is another one.
function newMark(form) {
  const mark = form.elements.namedItem("once_mark");
  if (mark && self.crypto?.randomUUID) mark.value = crypto.randomUUID();
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.offline || event.defaultPrevented || !box()) return;
  event.preventDefault();
  let one;
  try {
    one = await keep(form, event.submitter);
  } catch {
    sendPlainly(form, event.submitter);
    return;
  }
  await send(one, { isWatched: true });
  release(form);
  await show();
});

function sendPlainly(form, submitter) {
  if (submitter?.name) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(field);
  }
  form.submit();
}

function release(form) {
  for (const button of form.querySelectorAll("button[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.disabled = false;
  }
}

// ---------- sending ----------

const tokenOf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || "";

async function post(one) {
  if (!tokenOf()) await fetch(one.page, { credentials: "same-origin" });
  const body = new FormData();
  for (const [name, value] of one.fields) body.append(name, value);
  const ago = Math.max(0, Math.round((Date.now() - one.typedAt) / 1000));
  const headers = {
    "X-Kept-Form": "1", "X-Kept-For": one.owner.split(":")[0], "X-Typed-Ago": `${ago}`, "X-CSRFToken": tokenOf(),
  };
  return fetch(one.action, { method: "POST", body, headers, credentials: "same-origin" });
}

// What the answer means for the device: "taken" alone lets it forget.
function meaning(answer) {
  if (answer.redirected || answer.status >= 500 || answer.status === 429) return "waiting";
  if (answer.status === 204) return answer.headers.get("X-Answer-Kind") || "waiting";
  return answer.status === 200 || answer.status === 409 ? "asks" : "refused";
}

async function send(one, { isWatched }) {
  let answer;
  try {
    answer = await post(one);
  } catch {
    await put({ ...one, state: "waiting" });
    return;
  }
  const state = meaning(answer);
  const go = answer.headers.get("X-Answer") || one.page;
  if (state === "taken") {
    await drop(one.id);
    if (isWatched || one.page === location.pathname + location.search) location.assign(go);
    else if (box()) say(one, box().dataset.taken);
  } else {
    await put({ ...one, state, go });
    if (state === "asks" && isWatched) showAnswer(await answer.text(), one.id);
  }
}

// The page the server answered with, as a plain form would show it: errors at their fields, or both sides of a conflict.
function showAnswer(text, id) {
  const answered = new DOMParser().parseFromString(text, "text/html");
  const main = answered.querySelector("main");
  if (!main) return;
  main.dataset.answers = id;
  document.querySelector("main").replaceWith(document.adoptNode(main));
  document.title = answered.title;
  scrollTo(0, 0);
  (document.querySelector("[data-error-summary]") || document.querySelector("main")).focus();
}

async function sendWaiting() {
  if (isSending || !box() || navigator.onLine === false) return;
  isSending = true;
  try {
    for (const one of await all()) {
      if (one.owner === owner() && ["waiting", "login"].includes(one.state)) await send(one, { isWatched: false });
    }
  } finally {
    isSending = false;
  }
  await show();
}

// ---------- saying ----------

const SAYS = { waiting: "waiting", login: "loginFirst", refused: "refused", asks: "asks" };

function say(one, words) {
  const note = box().querySelector("template").content.firstElementChild.cloneNode(true);
  note.querySelector("[data-title]").textContent = one.title;
  note.querySelector("[data-says]").textContent = words;
  if (!one.state || words === box().dataset.taken) note.querySelector(".actions").remove();
  box().append(note);
  box().hidden = false;
  return note;
}

function sayKept(one) {
  const note = say(one, box().dataset[SAYS[one.state]]);
  const go = note.querySelector("[data-go]");
  const button = note.querySelector("[data-send]");
  if (one.state === "login" || one.state === "refused") {
    go.href = one.state === "login" ? `${box().dataset.login}?next=${encodeURIComponent(one.page)}` : one.go;
    go.hidden = false;
  }
  button.hidden = one.state === "login";
  if (one.state === "asks") button.textContent = box().dataset.open;
  button.addEventListener("click", async () => { await send(one, { isWatched: true }); await show(); });
  note.querySelector("[data-drop]").addEventListener("click", async () => {
    if (!confirm(box().dataset.dropQuestion)) return;
    await drop(one.id);
    await show();
  });
}

async function show() {
  if (!box()) return;
  for (const note of [...box().children]) if (note.matches(".banner:has(.actions), .banner[data-other]")) note.remove();
  const found = await all();
  const isAsked = (one) => one.state === "asks" && one.id === document.querySelector("main").dataset.answers;
  for (const one of found.filter((each) => each.owner === owner() && !isAsked(each))) sayKept(one);
  if (found.some((each) => each.owner !== owner())) say({ title: "" }, box().dataset.others).dataset.other = "";
  box().hidden = !box().querySelector(".banner");
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("[data-offline-drop]");
  if (!link || !box()) return;
  event.preventDefault();
  await drop(`${owner()}|${link.dataset.offlineDrop}`).catch(() => {});
  location.assign(link.href);
});

if (box() && self.indexedDB) {
  show().then(sendWaiting).catch(() => {});
  addEventListener("online", () => sendWaiting().catch(() => {}));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sendWaiting().catch(() => {}); });
  setInterval(() => sendWaiting().catch(() => {}), EVERY);
}
