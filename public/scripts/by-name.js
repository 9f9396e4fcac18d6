// A thousand names are quicker typed than scrolled: each list becomes a box with suggestions. The server reads names as well as codes.

for (const list of document.querySelectorAll('select[data-suggest]')) {
  const box = document.createElement('input');
  const names = document.createElement('datalist');
  names.id = `${list.id}-names`;
  for (const { value, textContent } of list.options) {
    if (value !== '') names.append(new Option(textContent));
  }
  box.type = 'text';
  box.id = list.id;
  box.name = list.name;
  box.autocomplete = 'off';
  box.spellcheck = false;
  box.placeholder = 'Begin to type its name';
  box.setAttribute('list', names.id);
  box.setAttribute('aria-describedby', list.getAttribute('aria-describedby'));
  box.value = list.selectedOptions[0]?.value ? list.selectedOptions[0].textContent : '';
  list.replaceWith(box, names);
}
