/** What the staff portal loads on every page: Bootstrap's parts in use, htmx and our own look. */
import "bootstrap/dist/css/bootstrap.min.css";
import "./portal.css";
import "./frame.css";
import "./parts.css";
import "./people.css";
import "./charts.css";
import "./paper.css";

import "bootstrap/js/dist/collapse";
import "htmx.org";

import { askAgain } from "./again.ts";
import { watchFindKey } from "./find.ts";
import { watchDrafts } from "./draft.ts";
import { watchNominees } from "./nominees.ts";
import { watchPictures } from "./pictures.ts";
import { reachTables } from "./reach.ts";
import { watchSlips } from "./slip.ts";
import { watchVouchers } from "./voucher.ts";

watchFindKey(document);
watchNominees(document);
watchDrafts(document);
watchPictures(document);
watchSlips(document);
watchVouchers(document);
reachTables(document);
window.addEventListener("resize", () => {
  reachTables(document);
});
askAgain(document, (address) => {
  window.location.replace(address);
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => {
    window.print();
  });
}
