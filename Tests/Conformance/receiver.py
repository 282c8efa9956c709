"""The customer's side: a picture to fetch, and a webhook that keeps what it is told."""

import http.server
import pathlib
import threading
import time

PICTURE = pathlib.Path(__file__).parents[2] / "Sources/Bench/Demo/picture.jpg"


class Receiver:
    """Serves while the `with` lasts; `calls` are (headers, body) in the order of their arrival."""

    def __enter__(self):
        self.calls = []
        receiver = self

        class Answering(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.answer(PICTURE.read_bytes(), "image/jpeg")

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                receiver.calls.append((dict(self.headers), body))
                self.answer(b"", "text/plain")

            def answer(self, body, content_type):
                self.send_response(200)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def wait(self, is_wanted, seconds=20):
        """The first call that is wanted; None when none comes."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for headers, body in list(self.calls):
                if is_wanted(headers, body):
                    return headers, body
            time.sleep(0.05)
        return None
