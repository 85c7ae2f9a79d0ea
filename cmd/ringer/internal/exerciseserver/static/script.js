// Keeps an open page up to date, and helps on a keyboard. Every word it shows comes from
// the server: without it the pages say the same once they are read again.
'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const told = byId('told');

  // What is live is read again from the server as a page, and put in the old one's place.
  // Many pages hear of a change at once: each waits for a moment of its own.
  const waiting = new Set();
  let timer = 0;
  const refresh = async () => {
    timer = 0;
    const names = new Set(waiting);
    waiting.clear();
    const parts = [...document.querySelectorAll('[data-live]')].filter((part) => names.has(part.dataset.live) && part.id);
    if (!parts.length) return;
    const answer = await fetch(location.href, { credentials: 'same-origin', headers: { Accept: 'text/html' } });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of parts) {
      const next = fresh.getElementById(part.id);
      // What somebody is in the middle of stays as it is.
      if (!next || next.innerHTML === part.innerHTML || part.contains(document.activeElement)) continue;
      part.replaceChildren(...next.childNodes);
      part.classList.remove('fresh');
      void part.offsetWidth;
      part.classList.add('fresh');
    }
  };
  const changed = (name) => {
    waiting.add(name);
    timer = timer || setTimeout(() => refresh().catch(() => changed(name)), 200 + Math.random() * 600);
  };

  const virtual = byId('clock-virtual'), wall = byId('clock-wall');
  let shown = null;
  const two = (n) => String(n).padStart(2, '0');
  const tick = () => {
    if (!shown) return;
    const passed = performance.now() - shown.at;
    const inside = new Date(shown.virtual + (shown.running ? passed * shown.pace : 0));
    if (shown.started) virtual.textContent = inside.toISOString().slice(0, 19).replace('T', ' ');
    const outside = new Date(shown.wall + passed + shown.offset * 1000);
    wall.textContent = `${two(outside.getUTCHours())}:${two(outside.getUTCMinutes())}:${two(outside.getUTCSeconds())}`;
  };
  const onClock = (state) => {
    shown = {
      virtual: Date.parse(state.virtual), wall: Date.parse(state.wall), offset: state.offset,
      pace: state.pace, running: state.running, started: state.started, at: performance.now(),
    };
    const before = byId('clock-state').textContent;
    byId('clock-state').textContent = state.state;
    byId('clock-released').textContent = state.released;
    if (before !== state.state) {
      told.textContent = state.state;
      changed('clock');
    }
    tick();
  };

  const events = document.body.dataset.events;
  if (events && window.EventSource) {
    const source = new EventSource(events);
    source.addEventListener('clock', (said) => onClock(JSON.parse(said.data)));
    source.addEventListener('note', (said) => {
      told.textContent = JSON.parse(said.data).text;
      const latest = byId('latest');
      if (latest) {
        latest.textContent = told.textContent;
        latest.hidden = false;
      }
      changed('note');
    });
    source.addEventListener('changed', (said) => changed(JSON.parse(said.data).what));
    addEventListener('pagehide', () => source.close());
    addEventListener('pageshow', (shownAgain) => { if (shownAgain.persisted) location.reload(); });
    setInterval(tick, 250);
  }

  // In a list of events the arrow keys go from one to the next.
  byId('results')?.addEventListener('keydown', (key) => {
    if (key.key !== 'ArrowDown' && key.key !== 'ArrowUp') return;
    const kind = key.target.matches('input') ? 'td.pick input' : 'th a';
    const all = [...key.currentTarget.querySelectorAll(kind)];
    const next = all[all.indexOf(key.target) + (key.key === 'ArrowDown' ? 1 : -1)];
    if (!next) return;
    key.preventDefault();
    next.focus();
  });

  // Control and Enter sends the form of a text of many lines, by its first button.
  document.addEventListener('keydown', (key) => {
    if (key.key !== 'Enter' || !(key.ctrlKey || key.metaKey) || !key.target.matches('textarea')) return;
    key.preventDefault();
    key.target.form.requestSubmit(key.target.form.querySelector('button'));
  });

  // A form is sent once, however often its button is pressed.
  document.addEventListener('submit', (sent) => {
    if (sent.target.method !== 'post') return;
    if (sent.target.dataset.sent) return sent.preventDefault();
    sent.target.dataset.sent = 'yes';
    setTimeout(() => delete sent.target.dataset.sent, 3000);
  });
})();
