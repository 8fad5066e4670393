// Looks at the page as it stands and says, in sentences, what a person would stumble over. Runs in the page.
({ language, smallest }) => {
  const faults = [];
  const say = (what, element) => faults.push(element ? `${what}: ${short(element)}` : what);
  const short = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && element.getClientRects().length > 0;
  const clipped = (element) => element.closest(".visually-hidden, .skip") !== null || isHidden(element.getBoundingClientRect());
  const isHidden = (box) => box.width <= 1 || box.height <= 1 || box.right <= 0 || box.bottom + scrollY <= 0;

  const root = document.documentElement;
  if (root.lang !== language) say(`the page says that its language is ${root.lang}`);
  const headings = [...document.querySelectorAll("h1")].filter(seen);
  if (headings.length !== 1) say(`${headings.length} headings of the first order`);
  if (!document.title.trim()) say("no title");
  if (!document.querySelector("a[hreflang]")) say("no way to the other language");
  if (root.scrollWidth > innerWidth) {
    const wide = [...document.body.querySelectorAll("*")].find((e) => seen(e) && e.getBoundingClientRect().right > innerWidth + 1);
    say(`scrolls sideways: ${root.scrollWidth} of ${innerWidth} px`, wide);
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || small.has(parent) || parent.closest("script, style, noscript, title") || !seen(parent) || clipped(parent)) continue;
    const scale = parent.closest("svg") ? scaleOf(parent.closest("svg")) : 1;
    const size = parseFloat(getComputedStyle(parent).fontSize) * scale;
    if (size < smallest - 0.01) { small.add(parent); say(`text of ${size.toFixed(1)} px`, parent); }
  }
  function scaleOf(svg) {
    const matrix = svg.getScreenCTM();
    return matrix ? Math.abs(matrix.a) : 1;
  }

  const REACH = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true]";
  const free = (element) => !element.disabled && element.type !== "hidden" && seen(element) && !element.closest("[aria-hidden=true], [inert]");
  const reachable = [...document.querySelectorAll(REACH)].filter(free);
  for (const element of reachable) {
    if (element.tabIndex > 0) say("an order of its own (tabindex)", element);
    if (element.tabIndex < 0 && !element.matches("h1, main, [role=alert], [role=dialog], [role=status], .errors, [data-errors], #main, #content, [tabindex='-1']:not(a, button, input, select, textarea)")) {
      say("cannot be reached by keyboard", element);
    }
    if (!clipped(element)) target(element);
  }
  // 2.5.8 asks for 24 px, the house for 44 where a person presses. What answers to the press counts: a label, a whole row.
  function target(element) {
    if (element.matches("[tabindex]:not(a, button, input, select, textarea, summary)")) return;
    const choice = element.matches("input[type=radio], input[type=checkbox]");
    const label = choice ? element.closest("label") || document.querySelector(`label[for="${CSS.escape(element.id)}"]`) : null;
    const pressed = element.matches("button, .button, input, select, textarea, summary");
    const least = pressed ? 44 : 24;
    if (!pressed && inSentence(element)) return;
    const boxes = [element, label].filter(Boolean).map((e) => e.getBoundingClientRect());
    if (boxes.some((box) => box.width >= least - 0.5 && box.height >= least - 0.5)) return;
    element.scrollIntoView({ block: "center", inline: "center" });
    const { left, top, width, height } = element.getBoundingClientRect();
    const x = left + width / 2, y = top + height / 2, reach = least / 2 - 1;
    const answers = (at) => at !== null && (element.contains(at) || (label && label.contains(at)));
    const holds = [[0, -reach], [0, reach], [-reach, 0], [reach, 0]].every(([dx, dy]) => answers(document.elementFromPoint(x + dx, y + dy)));
    if (!holds) say(`a target of ${Math.round(width)} × ${Math.round(height)} px`, element);
  }
  function inSentence(element) {
    if (getComputedStyle(element).display !== "inline") return false;
    const line = element.closest("p, li, dd, td, label, h1, h2, h3, legend, figcaption");
    return line !== null && line.textContent.replace(element.textContent, "").trim().length > 3;
  }
  scrollTo(0, 0);
  return faults;
}
