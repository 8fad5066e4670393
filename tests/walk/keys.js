// Everything that can be reached, and what Tab reached: run once before the first Tab and once after the last.
() => {
  const REACH = "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])";
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  const wanted = (e) => !e.disabled && e.type !== "hidden" && e.tabIndex >= 0 && seen(e) && !e.closest("[aria-hidden=true], [inert]");
  const all = () => {
    const groups = new Set();
    return [...document.querySelectorAll(REACH)].filter((e) => {
      if (!wanted(e)) return false;
      if (e.type !== "radio" || !e.name) return true;
      const group = `${e.form ? [...document.forms].indexOf(e.form) : ""}/${e.name}`;  // one of a group is reached, arrows do the rest
      return groups.has(group) ? false : groups.add(group);
    });
  };
  const group = (e) => (e.type === "radio" && e.name ? `radio ${e.form ? [...document.forms].indexOf(e.form) : ""}/${e.name}` : e);
  if (!window.__walk) {
    const walk = (window.__walk = { reached: new Set(), dim: new Map(), all });
    document.activeElement.blur();
    const plain = new Map(all().map((e) => [e, look(e)]));
    document.addEventListener("focusin", ({ target }) => {
      walk.reached.add(group(target));
      if (plain.has(target) && plain.get(target) === look(target)) walk.dim.set(target, true);
    });
    scrollTo(0, 0);
    return all().length;
  }
  function look(e) {
    const parts = [[e], [e, "::after"], [e, "::before"], [e.parentElement], [e.parentElement?.parentElement]];
    return parts.filter(([one]) => one).map(([one, part]) => {
      const style = getComputedStyle(one, part);
      return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor, style.backgroundColor].join();
    }).join("|");
  }
  const short = (e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const { reached, dim } = window.__walk;
  return [
    ...all().filter((e) => !reached.has(group(e))).map((e) => `Tab never comes to it: ${short(e)}`),
    ...[...dim.keys()].map((e) => `looks the same with the focus on it: ${short(e)}`),
  ];
}
