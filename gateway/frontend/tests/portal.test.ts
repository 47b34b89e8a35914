// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";

import { askAgain } from "../src/portal/again.ts";
import { watchFindKey } from "../src/portal/find.ts";
import { reachTables } from "../src/portal/reach.ts";
import { addUp, notesIn, watchSlips } from "../src/portal/slip.ts";
import { amountIn, watchVouchers } from "../src/portal/voucher.ts";

function draw(html: string): HTMLElement {
  document.body.innerHTML = html;
  return document.body;
}

describe("a denomination slip", () => {
  const fields = [100, 20]
    .map((face) => `<tr><td><input data-face="${String(face)}"></td><td data-amount></td></tr>`)
    .join("");
  let slip: HTMLElement;

  beforeEach(() => {
    document.documentElement.lang = "bn";
    draw(`<form data-slip data-expected="240.00"><table>${fields}</table><p data-total></p><p data-difference></p></form>`);
    slip = document.querySelector("form") as HTMLElement;
  });

  function type(face: number, text: string): void {
    const field = slip.querySelector<HTMLInputElement>(`[data-face="${String(face)}"]`);
    if (!field) throw new Error("no such face");
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const said = (place: string) => slip.querySelector(place)?.textContent ?? "";

  it("adds itself up while it is typed, in the reader's digits", () => {
    watchSlips(document);
    type(100, "২");
    type(20, "1");

    expect(said("[data-total]")).toContain("২২০");
    expect(said("[data-difference]")).toContain("২০");
    expect(slip.querySelector("[data-difference]")?.classList.contains("text-danger")).toBe(true);
  });

  it("says nothing alarming once it agrees", () => {
    watchSlips(document);
    type(100, "2");
    type(20, "2");

    expect(slip.querySelector("[data-difference]")?.classList.contains("text-danger")).toBe(false);
  });

  it("marks what is no number, and counts it as none", () => {
    const field = slip.querySelector<HTMLInputElement>('[data-face="100"]');
    if (field) field.value = "two";
    addUp(slip);

    expect(field?.classList.contains("is-invalid")).toBe(true);
    expect(said("[data-total]")).toContain("০");
  });

  it.each([["", 0], ["৩", 3], [" 12 ", 12], ["-1", null], ["1.5", null], ["1234567", null]])("reads %j as %j", (typed, count) => {
    expect(notesIn(typed)).toBe(count);
  });
});

describe("a page whose part was away", () => {
  it("asks for itself again after as long as the server said", () => {
    vi.useFakeTimers();
    const visit = vi.fn();
    askAgain(draw('<a data-again="5" href="https://branch.example/sheets?on=1">again</a>'), visit);

    vi.advanceTimersByTime(4_999);
    expect(visit).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(visit).toHaveBeenCalledWith("https://branch.example/sheets?on=1");
    vi.useRealTimers();
  });

  it.each(['<a href="/">home</a>', '<a data-again="" href="/">home</a>'])("stays where nothing was said: %s", (html) => {
    vi.useFakeTimers();
    const visit = vi.fn();
    askAgain(draw(html), visit);
    vi.runAllTimers();

    expect(visit).not.toHaveBeenCalled();
    vi.useRealTimers();
  });
});

describe("a wide table", () => {
  it("is a stop for the keyboard only while it does not fit", () => {
    const page = draw('<section class="table-responsive"></section>');
    const table = page.getElementsByTagName("section")[0];
    if (!table) throw new Error("no table");
    const width = vi.spyOn(table, "scrollWidth", "get").mockReturnValue(500);
    vi.spyOn(table, "clientWidth", "get").mockReturnValue(300);
    reachTables(page);
    expect(table.getAttribute("tabindex")).toBe("0");

    width.mockReturnValue(300);
    reachTables(page);
    expect(table.hasAttribute("tabindex")).toBe(false);
  });
});

describe("a voucher", () => {
  const sides = ["debit", "credit"];
  const line = sides.map((side) => `<input data-side="${side}">`).join("");
  const totals = sides.map((side) => `<p data-total="${side}"></p>`).join("");

  function type(side: string, ...amounts: string[]): void {
    const fields = document.querySelectorAll<HTMLInputElement>(`[data-side="${side}"]`);
    amounts.forEach((amount, place) => {
      const field = fields[place];
      if (!field) throw new Error("no such line");
      field.value = amount;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  const total = (side: string) => document.querySelector(`[data-total="${side}"]`);

  beforeEach(() => {
    document.documentElement.lang = "en";
    draw(`<form data-voucher>${line}${line}${totals}</form>`);
    watchVouchers(document);
  });

  it("adds both sides up while it is typed, and marks them while they differ", () => {
    type("debit", "১,২০০.৫", "3");
    type("credit", "1203.50");
    expect(total("debit")?.textContent).toContain("1,203.50");
    expect(total("credit")?.textContent).toBe(total("debit")?.textContent);
    expect(total("credit")?.classList.contains("text-danger")).toBe(false);

    type("credit", "1203");
    expect(total("credit")?.classList.contains("text-danger")).toBe(true);
  });

  it("marks what is no amount, and counts it as none", () => {
    type("debit", "12,00,x");

    expect(document.querySelector("[data-side=debit]")?.classList.contains("is-invalid")).toBe(true);
    expect(total("debit")?.textContent).toContain("0");
  });

  it.each([
    ["", 0],
    ["৫", 500],
    ["1,00,000.05", 10000005],
    ["1.005", null],
    ["-5", null],
  ])("reads «%s» as an amount", (typed, amount) => {
    expect(amountIn(typed)).toBe(amount);
  });
});

describe("the key to the search field", () => {
  const press = (target: Element, key = "/") => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  };

  it("leads there from anywhere on the page", () => {
    draw('<input data-find value="rahima"><p id="text"></p>');
    watchFindKey(document);

    expect(press(document.getElementById("text") as Element)).toBe(true);
    expect(document.activeElement).toBe(document.querySelector("[data-find]"));
  });

  it("is an ordinary letter to whoever is typing, and where there is no such field", () => {
    draw('<input data-find><textarea id="note"></textarea>');
    watchFindKey(document);
    const note = document.getElementById("note") as HTMLTextAreaElement;
    note.focus();

    expect(press(note)).toBe(false);
    expect(document.activeElement).toBe(note);

    expect(press(draw('<p id="text"></p>'))).toBe(false);
  });
});
