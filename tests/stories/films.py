"""A tiny film of a moving bar, recorded by the browser itself: nothing to install, nothing to keep in the repository."""

from base64 import b64decode

from playwright.sync_api import Browser

RECORD = """
async (seconds) => {
  const canvas = document.createElement("canvas");
  canvas.width = 320; canvas.height = 180;
  const pen = canvas.getContext("2d");
  let n = 0;
  const drawing = setInterval(() => {
    pen.fillStyle = "#00428c"; pen.fillRect(0, 0, 320, 180);
    pen.fillStyle = "#fff"; pen.fillRect((n++ * 6) % 320, 60, 40, 60);
  }, 50);
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: "video/webm;codecs=vp8" });
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  const stopped = new Promise((resolve) => { recorder.onstop = resolve; });
  recorder.start();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  recorder.stop();
  await stopped;
  clearInterval(drawing);
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
"""


def film(browser: Browser, *, seconds: float) -> bytes:
    page = browser.new_page()
    recorded: str = page.evaluate(RECORD, seconds)
    page.close()
    return b64decode(recorded)
