/* Comfort only: every page works without it. Nothing here reads or sends what people type.
   A link, button or field with data-key="n" is reached by that one key, outside text fields, unless switched off. */
(function () {
  "use strict";

  function typing(place) {
    return place.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(place.tagName);
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    if (document.documentElement.dataset.keys === "off") return;
    var wanted = Array.prototype.find.call(document.querySelectorAll("[data-key]"), function (element) {
      return element.dataset.key === event.key;
    });
    if (!wanted) return;
    event.preventDefault();
    if (typing(wanted)) wanted.focus();
    else wanted.click();
  });

  /* Our own sentences say what is missing, beside the field and on top, instead of the browser's. */
  document.querySelectorAll("form").forEach(function (form) {
    form.noValidate = true;
  });

  /* The error summary takes the focus, so that it is read out and the links in it are next. */
  var summary = document.querySelector("[data-error-summary]:not(.rondom-sample *)");
  if (summary) summary.focus();
})();
