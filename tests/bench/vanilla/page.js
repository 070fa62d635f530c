// What someone writes by hand in an afternoon: fetch everything, build one string, set it. The measure of all ratios.
const list = document.getElementById("list");
const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

const compare = { oldest: (a, b) => a.n - b.n, newest: (a, b) => b.n - a.n };

// Depth first without recursion, as threads are deeper than stacks.
function inOrder(comments, order) {
  const children = new Map();
  for (const comment of comments) {
    const siblings = children.get(comment.to);
    if (siblings) siblings.push(comment);
    else children.set(comment.to, [comment]);
  }
  for (const siblings of children.values()) siblings.sort(compare[order]);
  const rows = [];
  const open = (children.get(null) ?? []).map((comment) => ({ comment, depth: 0 })).reverse();
  while (open.length > 0) {
    const row = open.pop();
    rows.push(row);
    const below = (children.get(row.comment.id) ?? []).slice().reverse();
    for (const comment of below) open.push({ comment, depth: row.depth + 1, to: row.comment });
    row.replies = below.length;
  }
  return rows;
}

function markup({ comment, depth, to, replies }) {
  const name = escape(comment.author);
  const answers = to ? `<a href="#comment-${to.id}">to ${escape(to.author)}</a>` : "";
  const fold = replies > 0 ? `<button type="button">${replies} replies</button>` : "";
  const time = `<time datetime="${comment.date}">${new Date(comment.date).toLocaleString("en")}</time>`;
  return `<article class="comment" id="comment-${comment.id}" style="--depth:${Math.min(depth, 6)}"><header>
<span class="avatar">${name.slice(0, 1)}</span><b>${name}</b> ${answers} <a href="#comment-${comment.id}">${time}</a></header>
<div class="comment-body">${comment.html}</div>${fold}</article>`;
}

fetch("data.json").then((response) => response.json()).then((comments) => {
  const show = (order) => {
    list.innerHTML = inOrder(comments, order).map(markup).join("");
  };
  document.getElementById("count").textContent = `${comments.length} comments`;
  document.querySelector(".order-select").addEventListener("change", (event) => show(event.target.value));
  show("oldest");
});
