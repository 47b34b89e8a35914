// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";

import { Away } from "../../src/mobile/api/http.ts";
import { Portrait } from "../../src/mobile/parts/portrait.tsx";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe("a portrait", () => {
  it("shows her face while it is looked at, and lets it go afterwards", async () => {
    const made = vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:her-face");
    const gone = vi.spyOn(URL, "revokeObjectURL").mockReturnValue(undefined);
    const face = new Blob(["a face"], { type: "image/jpeg" });
    const page = render(<Portrait look={() => Promise.resolve(face)} name="রহিমা" />);

    expect((await screen.findByRole("img")).getAttribute("src")).toBe("blob:her-face");
    expect(screen.getByAltText("রহিমা-এর ছবি")).toBeTruthy();
    expect(made).toHaveBeenCalledExactlyOnceWith(face);
    page.unmount();
    await waitFor(() => {
      expect(gone).toHaveBeenCalledExactlyOnceWith("blob:her-face");
    });
  });

  it.each([
    ["where she has none", () => Promise.resolve(null)],
    ["while nobody answers", () => Promise.reject(new Away("no network"))],
  ])("is nothing %s", async (_, answer) => {
    const look = vi.fn<() => Promise<Blob | null>>(answer);
    render(<Portrait look={look} name="রহিমা" />);

    await waitFor(() => {
      expect(look).toHaveBeenCalledOnce();
    });
    expect(screen.queryByRole("img")).toBeNull();
  });
});
