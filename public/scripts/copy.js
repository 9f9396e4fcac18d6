// Copying, with everything selected where the clipboard is closed to us; and a count of the route, with nothing else.

const take = document.querySelector('#take');
const letter = document.querySelector('#letter');
const said = document.querySelector('#copied');
const button = document.querySelector('#copy');
const print = document.querySelector('#print');

async function copyLetter() {
  try {
    await navigator.clipboard.writeText(letter.value);
    said.textContent = 'Copied. Now paste it where you like.';
  } catch {
    letter.focus();
    letter.select();
    said.textContent = 'The letter is selected. Copy it with your keyboard or the menu.';
  }
}

function count(route) {
  if (take.dataset.area) navigator.sendBeacon('/counts', new URLSearchParams({ area: take.dataset.area, route }));
}

button.hidden = false;
print.hidden = false;
button.addEventListener('click', copyLetter);
letter.addEventListener('click', () => letter.select(), { once: true });
print.addEventListener('click', () => window.print());
window.addEventListener('beforeprint', () => count('printed'), { once: true });

for (const link of take.querySelectorAll('[data-route]')) {
  link.addEventListener('click', () => {
    if ('copyFirst' in link.dataset) void copyLetter();
    count(link.dataset.route);
  });
}
