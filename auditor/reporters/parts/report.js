(function () {
  var form = document.querySelector(".filters");
  var cards = Array.prototype.slice.call(document.querySelectorAll(".card"));
  form.hidden = false;
  function show() {
    var wanted = {};
    form.querySelectorAll("[name=severity]").forEach(function (box) { wanted[box.value] = box.checked; });
    var words = form.elements.text.value.toLowerCase().split(/\s+/);
    var shown = 0;
    cards.forEach(function (card) {
      var text = card.textContent.toLowerCase();
      card.hidden = !wanted[card.dataset.severity] || !words.every(function (word) { return text.indexOf(word) >= 0; });
      shown += card.hidden ? 0 : 1;
    });
    form.querySelector("output").textContent = shown === cards.length ? "" : shown + " of " + cards.length + " shown";
  }
  form.addEventListener("input", show);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
})();
