// Rules that a page is held to, each by its name with what breaks it. All details are
// open when it runs.
(() => {
  const problems = [];
  const report = (rule, element, why) => {
    const words = (element.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 60);
    problems.push(`${rule}: <${element.tagName.toLowerCase()}> ${words}${why ? ': ' + why : ''}`);
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const name = (element) => element.getAttribute('aria-label') ||
    (element.getAttribute('aria-labelledby') || '').split(' ').map((id) => document.getElementById(id)?.textContent || '').join(' ').trim() ||
    element.textContent.trim();

  if (!document.documentElement.lang) problems.push('lang: the page has none');
  if (!document.title.trim()) problems.push('title: the page has none');
  for (const [selector, count] of [['h1', 1], ['main', 1], ['body > header', 1], ['body > footer', 1], ['nav', 1]]) {
    if (all(selector).length !== count) problems.push(`landmarks: ${all(selector).length} of ${selector}, expected ${count}`);
  }
  for (const nav of all('nav, section, [role=region], [role=group]')) if (!name(nav)) report('landmark name', nav);
  for (const content of document.body.children) {
    if (!content.matches('header, main, footer, script, a.skip')) report('landmarks', content, 'is in none');
  }

  let level = 0;
  for (const heading of all('h1, h2, h3, h4, h5, h6')) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) report('heading order', heading, `level ${own} after ${level}`);
    if (!heading.textContent.trim()) report('heading text', heading);
    level = own;
  }

  const ids = new Set();
  for (const element of all('[id]')) {
    if (ids.has(element.id)) report('unique id', element, element.id);
    ids.add(element.id);
  }
  for (const link of all('a')) {
    const href = link.getAttribute('href') || '';
    if (!href) report('link target', link, 'none');
    if (href.startsWith('#') && !ids.has(decodeURIComponent(href.slice(1)))) report('link target', link, href);
    if (!name(link)) report('link name', link);
  }
  for (const attribute of ['aria-labelledby', 'aria-describedby', 'for']) {
    for (const element of all(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).split(' ')) if (!ids.has(id)) report(attribute, element, id);
    }
  }
  for (const control of all('input:not([type=hidden]), select, textarea')) if (!control.labels?.length) report('label', control);
  for (const button of all('button, summary')) if (!name(button)) report('button name', button);
  for (const svg of all('svg')) {
    if (svg.getAttribute('aria-hidden') === 'true') continue;
    if (!svg.getAttribute('role') || !svg.querySelector('title')?.textContent.trim()) report('svg name', svg);
  }
  for (const group of all('svg[role=group]')) if (!group.querySelector('desc')?.textContent.trim()) report('svg description', group);
  for (const header of all('th')) if (!header.getAttribute('scope')) report('table header scope', header);
  for (const table of all('table')) if (!table.querySelector('th')) report('table header', table);
  for (const scroll of all('.scroll')) if (scroll.tabIndex !== 0) report('scrolled by keyboard', scroll);
  for (const list of all('ul, ol')) {
    for (const child of list.children) if (child.tagName !== 'LI') report('list item', child);
  }
  for (const element of all('[tabindex]')) if (element.tabIndex > 0) report('tab order', element, 'a positive tabindex');

  const rgb = (value) => {
    const parts = value.match(/[\d.]+/g).map(Number);
    return { r: parts[0], g: parts[1], b: parts[2], a: parts[3] ?? 1 };
  };
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m);
    return (x + 0.05) / (y + 0.05);
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = rgb(getComputedStyle(e).backgroundColor);
      if (color.a === 1) return color;
      if (color.a > 0) return null;
    }
    return { r: 255, g: 255, b: 255 };
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const reported = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest('script, style, title, desc, option') || !shown(element)) continue;
    const css = getComputedStyle(element);
    const color = rgb(element instanceof SVGElement ? css.fill : css.color), ground = behind(element);
    if (!ground) { report('contrast', element, 'the ground is half transparent'); continue; }
    const size = parseFloat(css.fontSize), large = size >= 24 || size >= 18.66 && css.fontWeight >= 700;
    const ratio = contrast(color, ground);
    const key = `${css.color} on ${JSON.stringify(ground)}`;
    if (ratio < (large ? 3 : 4.5) && !reported.has(key)) {
      reported.add(key);
      report('contrast', element, ratio.toFixed(2));
    }
    if (size < 10 && !(element instanceof SVGElement)) report('size of text', element, css.fontSize);
  }
  for (const shape of all('.timeline .step-mark circle, .timeline .step-mark rect, .timeline .step-mark path')) {
    if (!shown(shape)) continue;
    const ratio = contrast(rgb(getComputedStyle(shape).stroke), behind(shape.closest('svg')));
    if (ratio < 3) report('contrast of a mark', shape, ratio.toFixed(2));
  }
  return problems;
})()
