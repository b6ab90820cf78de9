"use strict";
// Shows the rows that hold every word of the search box, without regard to case and accents.
(() => {
  const wordsOf = (element) => [...element.childNodes].map((part) => part.textContent).join(" ");
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const form = document.querySelector("form");
  const box = document.getElementById("search");
  const found = form.querySelector("output");
  const groups = [...document.querySelectorAll("tbody")].map((body) => {
    const section = body.querySelector(".section");
    const title = section ? section.textContent : "";
    const rows = [...body.querySelectorAll("tr[id]")];
    const texts = rows.map((row) => fold(title + " " + wordsOf(row.querySelector("th"))));
    return { body, rows, texts };
  });
  const show = () => {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { body, rows, texts } of groups) {
      let any = false;
      rows.forEach((row, i) => {
        const fits = words.every((word) => texts[i].includes(word));
        row.hidden = !fits;
        any = any || fits;
        count += fits ? 1 : 0;
      });
      body.hidden = !any;
    }
    for (const service of document.querySelectorAll("section.service")) {
      service.hidden = !service.querySelector("tr[id]:not([hidden])");
    }
    found.textContent = words.length ? found.dataset.found + " " + count : "";
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("input", show);
  show();
})();
