"use strict";
// Everything from the data becomes text, never markup.
const data = JSON.parse(document.getElementById("data").textContent);

function element(tag, properties, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made && name !== "list") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

function link(address, text) {
  return /^(https?|file):\/\//.test(address) ? element("a", { href: address, rel: "noreferrer" }, text) : document.createTextNode(text);
}

function place(step) {
  return step.line ? `${step.file}:${step.line}` : step.file;
}

function excerpt(step) {
  const lines = data.code[step.file] || {};
  const box = element("div", { className: "code", tabIndex: 0, role: "region" });
  box.setAttribute("aria-label", `Code at ${place(step)}`);
  for (let number = Math.max(1, step.line - 3); number <= step.line + 3; number++) {
    if (!Object.hasOwn(lines, number)) continue;
    const text = lines[number];
    const row = element("div", {}, element("span", { className: "number" }, String(number)));
    if (number === step.line) {
      row.className = "here";
      const from = step.column - 1, to = Math.max(from, step.end - 1);
      row.append(text.slice(0, from), element("mark", {}, text.slice(from, to)), text.slice(to));
    } else {
      row.append(text);
    }
    box.append(row);
  }
  if (!box.childElementCount) box.append(element("div", {}, "  The source was not there when the report was written."));
  return box;
}

function toggle(button, open, make) {
  button.setAttribute("aria-expanded", String(open));
  if (open && !button.shown) {
    button.shown = make();
    button.after(button.shown);
  }
  if (button.shown) button.shown.hidden = !open;
}

function isOpen(button) {
  return button.getAttribute("aria-expanded") === "true";
}

function step(step, site) {
  const button = element("button", { className: "step", type: "button" }, step.text, element("span", { className: "where" }, place(step)));
  const item = element("li", { className: site ? "site" : "" }, button);
  button.addEventListener("click", () => toggle(button, !isOpen(button), () => excerpt(step)));
  toggle(button, false);
  return item;
}

function body(finding) {
  const box = element("div", { className: "body" });
  if (finding.reason) box.append(element("p", {}, `Accepted: ${finding.reason}`));
  const chain = element("ol", { className: "chain" }, ...finding.path.map((hop) => step(hop, false)));
  const site = step({ ...finding, text: finding.text }, true);
  chain.append(site);
  box.append(element("h3", {}, finding.path.length ? "From the event loop to the call" : "Where"), chain);
  site.querySelector("button").click();
  if (finding.notes.length) box.append(element("h3", {}, "Notes"), element("ul", { className: "chain notes" }, ...finding.notes.map((note) => step(note, false))));
  if (finding.fixes.length) {
    const fixes = finding.fixes.map((edit) => element("li", {}, edit.place, element("pre", {}, edit.text || "(remove)")));
    box.append(element("h3", {}, "Fix: nettune check --fix writes"), element("ul", { className: "fixes" }, ...fixes));
  }
  if (/^(https?|file):/.test(finding.guide)) box.append(element("p", {}, link(finding.guide, "Guide: " + finding.section)));
  return box;
}

const cards = [];
const states = ["new", "unchanged", "accepted"].filter((state) => data.findings.some((finding) => finding.state === state));

function card(finding) {
  const message = element("span", { className: "message" });
  if (data.compared || finding.state !== "new") message.append(element("span", { className: `badge ${finding.state}` }, finding.state));
  message.append(finding.text);
  const where = element("span", { className: "where" }, place(finding), finding.function ? ` · ${finding.function}` : "", ` · ${finding.check}`);
  const open = element("button", { className: "open", type: "button" }, message, where);
  const permalink = element("a", { className: "permalink", href: `#${finding.fingerprint}`, title: "Link to this finding" }, "#");
  permalink.setAttribute("aria-label", "Link to this finding");
  const head = element("div", { className: "head" }, open, permalink);
  const box = element("article", { className: "finding", id: finding.fingerprint }, head);
  const words = [finding.text, finding.check, finding.function, place(finding), finding.fingerprint, finding.reason];
  for (const hop of [...finding.path, ...finding.notes]) words.push(hop.text, place(hop));
  const made = { finding, box, words: words.join("\n").toLowerCase(), show(opened) {
    open.setAttribute("aria-expanded", String(opened));
    if (opened && !this.body) box.append(this.body = body(finding));
    if (this.body) this.body.hidden = !opened;
  } };
  open.addEventListener("click", () => made.show(!isOpen(open)));
  made.show(false);
  return made;
}

const sections = new Map([...document.querySelectorAll("section[data-section]")].map((box) => [box.dataset.section, box]));
for (const finding of data.findings) {
  const made = card(finding);
  cards.push(made);
  sections.get(finding.section).querySelector(".findings").append(made.box);
}

const form = document.getElementById("filter");
const search = element("input", { type: "search", placeholder: "Filter by text, file, function", name: "text", autocomplete: "off" });
search.setAttribute("aria-label", "Filter by text");
const check = element("select", { name: "check" }, element("option", { value: "" }, "All checks"),
  ...[...new Set(data.findings.map((finding) => finding.check))].sort().map((name) => element("option", { value: name }, name)));
check.setAttribute("aria-label", "Check");
const boxes = new Map(states.map((state) => [state, element("input", { type: "checkbox", name: state, checked: data.showAll || state === "new" || !states.includes("new") })]));
const shown = element("output", {});
form.append(search, check, ...(states.length > 1 ? [...boxes].map(([state, box]) =>
  element("label", {}, box, `${state} (${data.findings.filter((finding) => finding.state === state).length})`)) : []), shown);
form.hidden = !data.findings.length;

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { finding, box, words: text } of cards) {
    const keep = boxes.get(finding.state).checked && (!check.value || finding.check === check.value) && words.every((word) => text.includes(word));
    box.hidden = !keep;
    count += keep;
  }
  for (const box of sections.values()) box.hidden = !box.querySelector(".finding:not([hidden])");
  shown.textContent = `${count} of ${cards.length}`;
  const none = document.getElementById("none");
  none.hidden = count > 0;
  none.textContent = cards.length ? "No finding fits the filter." : "Nothing was found.";
}

function goTo() {
  const name = decodeURIComponent(location.hash.slice(1));
  const made = cards.find(({ finding }) => finding.fingerprint === name);
  for (const { box } of cards) box.classList.toggle("target", made !== undefined && box === made.box);
  if (made) {
    if (made.box.hidden || made.box.closest("section").hidden) {
      search.value = check.value = "";
      boxes.get(made.finding.state).checked = true;
      filter();
    }
    made.show(true);
    made.box.scrollIntoView();
    return;
  }
  const target = name && document.getElementById(name);
  for (let around = target && target.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  if (target) target.scrollIntoView();
}

// In the guide's text: what is not in this page is where the guide is.
const guide = (data.findings.map((finding) => finding.guide.split("#")[0]).find((address) => /^(https?|file):/.test(address))) || "";
for (const anchor of document.querySelectorAll('.prose a[href^="#"]')) {
  if (document.getElementById(anchor.getAttribute("href").slice(1))) continue;
  if (guide) anchor.href = guide + anchor.getAttribute("href");
  else anchor.replaceWith(...anchor.childNodes);
}

form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", goTo);
filter();
goTo();
