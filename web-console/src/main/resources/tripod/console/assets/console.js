// Everything here is a convenience: each page does its work without it.
"use strict";

// The one door for markup made by script (SEC-54). What htmx puts into a page came from this
// server, where it was escaped; markup that could run something is refused all the same.
if (window.trustedTypes) {
  const active = /<\s*(script|iframe|object|embed|base|meta|link|style)\b|<[^>]*\son[a-z]+\s*=|javascript:/i;
  window.trustedTypes.createPolicy("default", {
    createHTML: (markup) => {
      // htmx parses a whole page as well, to find the part it wants.
      if (active.test(markup)) {
        throw new TypeError("markup with something active in it");
      }
      return markup;
    },
  });
}

document.documentElement.classList.add("script");

document.addEventListener("DOMContentLoaded", () => {
  // The answer to an app that wants it as a form: sent on without a click where script runs.
  document.querySelector("form[data-onward]")?.submit();

  for (const source of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) {
      break;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(source.textContent);
        button.textContent = "Copied";
      } catch {
        const range = document.createRange();
        range.selectNodeContents(source);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        button.textContent = "Selected";
      }
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    if (source.tagName === "PRE") {
      const box = document.createElement("div");
      box.className = "copybox";
      source.replaceWith(box);
      box.append(source, button);
    } else {
      source.after(button);
    }
  }

  for (const field of document.querySelectorAll('input[type="password"]')) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "show";
    button.textContent = "Show";
    button.setAttribute("aria-label", "Show the password");
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const hidden = field.type === "password";
      field.type = hidden ? "text" : "password";
      button.textContent = hidden ? "Hide" : "Show";
      button.setAttribute("aria-pressed", String(hidden));
    });
    const box = document.createElement("div");
    box.className = "with-show";
    field.replaceWith(box);
    box.append(field, button);
  }
});
