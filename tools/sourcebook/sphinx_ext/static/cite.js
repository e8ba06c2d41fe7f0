// A button beside each reference and each entry, which copies its text. Without JavaScript the text is there to select.
"use strict";

for (const source of document.querySelectorAll(".cited [data-copy], .cited details.markup pre")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cite-copy";
  button.textContent = "Copy";
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.innerText.trim());
      button.textContent = "Copied";
    } catch {
      // A page that was opened as a file may not write to the clipboard: the text is selected instead.
      getSelection().selectAllChildren(source);
      button.textContent = "Selected";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  source.after(button);
}
