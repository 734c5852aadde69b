// Lights a value and its box together, whichever of the two is pointed at or focused. Without scripts the links between them still lead there and back.
let lit;
const light = event => {
  const number = event.target.closest?.('[data-mark]')?.dataset.mark;
  if (number === lit) return;
  for (const [mark, on] of [[lit, false], [number, true]]) {
    if (mark) document.querySelectorAll(`[data-mark="${mark}"]`).forEach(element => element.classList.toggle('on', on));
  }
  lit = number;
};
document.addEventListener('pointerover', light);
document.addEventListener('focusin', light);
