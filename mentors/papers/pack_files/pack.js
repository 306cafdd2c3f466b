// Plays from a stick: captions from the script beside the page, and every button goes to its second.
"use strict";

const video = document.querySelector("video");
if (video) {
  const track = video.addTextTrack("captions", "日本語", "ja");
  track.mode = "showing";
  for (const [start, end, text] of window.captions || []) track.addCue(new VTTCue(start, end, text));
  for (const button of document.querySelectorAll("[data-at]")) {
    button.addEventListener("click", () => {
      video.currentTime = Number(button.dataset.at);
      video.play();
      video.scrollIntoView({ block: "nearest" });
    });
  }
}
