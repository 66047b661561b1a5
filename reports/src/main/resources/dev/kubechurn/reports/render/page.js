// Shows the figures of a chart at the pointer, or along the arrow keys, and sorts tables. Pages can be read without it.
'use strict';
const tip = document.getElementById('tip');

function show(text, x, y) {
  tip.textContent = text;
  tip.hidden = false;
  const left = Math.min(x + 14, document.documentElement.clientWidth - tip.offsetWidth - 8);
  tip.style.left = Math.max(8, left) + window.scrollX + 'px';
  tip.style.top = y + 14 + window.scrollY + 'px';
}

function hide() {
  tip.hidden = true;
  document.querySelectorAll('svg .cursor, svg .spot').forEach(mark => mark.remove());
}

function svgElement(svg, name, attributes) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  svg.append(made);
}

// What a line's element carries: the places of the picture that have a figure.
function places(line) {
  return line.dataset.tips.split('|').map(place => {
    const [x, y, when, figure] = place.split(';');
    return {x: +x, y: +y, when, figure, name: line.dataset.name};
  });
}

function nearest(line, x) {
  return line.reduce((best, place) => Math.abs(place.x - x) < Math.abs(best.x - x) ? place : best);
}

// A chart of lines: one cursor for all of them.
function follow(figure, svg) {
  const lines = [...svg.querySelectorAll('[data-tips]')].filter(line => line.dataset.tips).map(places);
  if (lines.length === 0) {
    return;
  }
  let current = 0;
  const scale = () => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const cursor = x => {
    hide();
    const found = lines.map(line => nearest(line, x));
    const first = nearest(found, x);
    current = lines[0].indexOf(nearest(lines[0], x));
    const end = svg.viewBox.baseVal.height - 20;
    svgElement(svg, 'line', {class: 'cursor', x1: first.x, x2: first.x, y1: 10, y2: end});
    found.forEach(place => svgElement(svg, 'circle', {class: 'spot', cx: place.x, cy: place.y, r: 3.5}));
    const box = svg.getBoundingClientRect();
    const text = found.map(place => place.name + ': ' + place.figure).join('\n');
    show(first.when + '\n' + text, box.left + first.x * scale(), box.top + first.y * scale());
  };
  svg.addEventListener('pointermove', event => {
    if (!event.target.closest('.strip')) {
      cursor((event.clientX - svg.getBoundingClientRect().left) / scale());
    }
  });
  svg.addEventListener('pointerleave', hide);
  figure.addEventListener('keydown', event => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (step) {
      event.preventDefault();
      const next = Math.min(lines[0].length - 1, Math.max(0, current + step));
      cursor(lines[0][next].x);
    } else if (event.key === 'Escape') {
      hide();
    }
  });
  figure.addEventListener('blur', hide);
}

// Marks that carry their own title: bars, points, rows.
function tell(title) {
  const mark = title.parentElement;
  const text = title.textContent;
  mark.setAttribute('aria-label', text);
  title.remove();
  mark.addEventListener('pointermove', event => {
    hide();
    show(text, event.clientX, event.clientY);
    event.stopPropagation();
  });
  mark.addEventListener('pointerleave', hide);
}

document.querySelectorAll('figure').forEach(figure => {
  const svg = figure.querySelector('svg');
  if (svg) {
    svg.querySelectorAll(':not(svg, [data-tips]) > title').forEach(tell);
    svg.querySelectorAll('[data-tips] > title').forEach(title => title.remove());
    follow(figure, svg);
  }
});

// Sorting: a cell's data-value where it has one, else its text; cells without a figure come last, whichever way.
const names = new Intl.Collator('en', {numeric: true});

function key(row, column) {
  const cell = row.cells[column];
  return 'value' in cell.dataset ? Number(cell.dataset.value) : cell.textContent.trim();
}

function isMissing(value, numbers) {
  return value === '' || value === '-' || (numbers && typeof value !== 'number');
}

function sorted(rows, column, direction) {
  const numbers = rows.some(row => 'value' in row.cells[column].dataset);
  const keyed = rows.map(row => ({row, value: key(row, column)}));
  const missing = keyed.filter(each => isMissing(each.value, numbers));
  const present = keyed.filter(each => !isMissing(each.value, numbers));
  const numeric = (a, b) => (a === b ? 0 : a < b ? -1 : 1);
  present.sort((a, b) => direction * (numbers ? numeric : names.compare)(a.value, b.value));
  return [...present, ...missing].map(each => each.row);
}

// A click, or Enter or Space: upwards, then downwards, then the order that the page came with.
function sortable(table) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  if (rows.length < 2) {
    return;
  }
  heads.forEach((head, column) => {
    if (head.textContent.trim() === '') {
      return;
    }
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const next = {ascending: 'descending', descending: null}[head.getAttribute('aria-sort')];
      const order = next === undefined ? 'ascending' : next;
      heads.forEach(each => each.removeAttribute('aria-sort'));
      if (order) {
        head.setAttribute('aria-sort', order);
      }
      body.append(...(order ? sorted(rows, column, order === 'ascending' ? 1 : -1) : rows));
    });
  });
}

document.querySelectorAll('table').forEach(sortable);
