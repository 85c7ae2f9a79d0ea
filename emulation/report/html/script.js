// The page is complete without this: it only filters steps and opens or closes them.
(() => {
  const reveal = (target) => {
    for (let e = target; e; e = e.parentElement) {
      if (e.tagName !== 'DETAILS') continue;
      e.open = true;
      e.hidden = false;
    }
  };
  const follow = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) { reveal(target); target.scrollIntoView(); }
  };
  addEventListener('hashchange', follow);
  follow();
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('details:not([open])')];
    for (const details of closed) details.open = true;
  });
  addEventListener('afterprint', () => { for (const details of closed) details.open = false; });
  for (const controls of document.querySelectorAll('.controls')) {
    const steps = [...controls.parentElement.querySelectorAll('.step')];
    const text = controls.querySelector('input'), actor = controls.querySelector('[name=actor]'), outcome = controls.querySelector('[name=outcome]');
    const words = new Map();
    const filter = () => {
      let shown = 0;
      for (const step of steps) {
        if (!words.has(step)) words.set(step, step.textContent.toLowerCase());
        const fits = (!actor.value || step.dataset.actor === actor.value) && (!outcome.value || step.dataset.outcome === outcome.value) &&
          (!text.value || words.get(step).includes(text.value.toLowerCase()));
        step.hidden = !fits;
        shown += fits;
      }
      controls.querySelector('output').textContent = shown === steps.length ? '' : `${shown} of ${steps.length} shown`;
    };
    for (const control of [text, actor, outcome]) control.addEventListener('input', filter);
    for (const button of controls.querySelectorAll('button')) {
      button.addEventListener('click', () => { for (const step of steps) if (!step.hidden) step.open = button.dataset.fold === 'open'; });
    }
    controls.hidden = false;
  }
})();
