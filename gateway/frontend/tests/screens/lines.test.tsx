// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { Lines } from "../../src/mobile/screens/member/lines.tsx";
import { language } from "../../src/mobile/state/language.ts";
import { line } from "../domain/lines.ts";

beforeEach(() => (language.value = "en"));
afterEach(cleanup);

describe("the lines of her book", () => {
  it("show a pending deposit apart, with the field receipt (M1, P3)", () => {
    render(<Lines lines={[line({ status: "pending", balance_after: null, business_on: null })]} />);
    expect(screen.getByText("Pending")).toBeTruthy();
    expect(screen.getByText(/Receipt D7-000001 \(awaiting office\) · Karim · 10:00/)).toBeTruthy();
    expect(screen.queryByText(/Balance/)).toBeNull();
  });

  it("show both days where they differ (M2)", () => {
    render(<Lines lines={[line({ business_on: "2026-11-24" })]} />);
    expect(screen.getByText("23-11-2026")).toBeTruthy();
    expect(screen.getByText("In the book on 24-11-2026")).toBeTruthy();
  });

  it("keep a struck line, struck through, with its reason (M6)", () => {
    render(<Lines lines={[line({ status: "struck", reason: "Written by mistake" })]} />);
    expect(screen.getByText("+৳200").tagName).toBe("S");
    expect(screen.getByText("Reason: Written by mistake")).toBeTruthy();
  });

  it("say that nothing was received once, and no amount", () => {
    render(<Lines lines={[line({ status: "nothing_received", direction: "none", amount: null, balance_after: null })]} />);
    expect(screen.getAllByText("Nothing received")).toHaveLength(1);
    expect(screen.getByText("–")).toBeTruthy();
  });

  it("speak Bangla with Bangla digits", () => {
    language.value = "bn";
    render(<Lines lines={[line({ amount: "123456.00" })]} />);
    expect(screen.getByText("+৳১,২৩,৪৫৬")).toBeTruthy();
    expect(screen.getByText("২৩-১১-২০২৬")).toBeTruthy();
  });
});
