"""What a message says: folded text, a frame that fits, a header to read, an original to keep."""

import time

PAGE = """<style>p { color: #14624c } body { font-family: Georgia }</style>
<h1>Rechnung</h1><p>Guten Tag, anbei die Rechnung.</p><script>document.title = 'ran'</script>
<img src="https://tracker.example/pixel.gif" width="1" height="1" alt="">
<img src="https://pictures.example/logo.png" alt="Logo"><p><a href="https://client.example/pay">Bezahlen</a></p>
<div style="position:fixed;inset:0;background:red">cover</div>""" + "<p>Zeile</p>" * 60


def arrived(firm, subject):
    """The number of a message, once it is recorded."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for message in firm.json("message", "list"):
            if message["subject"] == subject:
                return message["message"]
        time.sleep(0.1)
    raise AssertionError(f"{subject} did not arrive")
