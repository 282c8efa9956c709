"""What handsets send, as an MMSC posts it."""

import itertools
import urllib.request

from receiver import PICTURE

MM7 = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4"
numbers = itertools.count(1)


def picture():
    return 'image/jpeg; name="our cake.jpg"', PICTURE.read_bytes()


def text(words):
    return "text/plain; charset=utf-8", words.encode()


def deliver(port, number, *parts, sender="12025550141"):
    """Posts a DeliverReq; its parts are types with their content."""
    soap = f"""<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><TransactionID xmlns="{MM7}"
        e:mustUnderstand="1">to-{number}-{next(numbers)}</TransactionID></e:Header><e:Body><DeliverReq xmlns="{MM7}">
        <MM7Version>6.8.0</MM7Version><Sender><Number>+{sender}</Number></Sender>
        <Recipients><To><Number>+{number}</Number></To></Recipients><Content href="cid:all"/>
        </DeliverReq></e:Body></e:Envelope>"""
    body = b"".join(
        b"--b\r\nContent-Type: %s\r\n\r\n%s\r\n" % (kind.encode(), part)
        for kind, part in [("text/xml", soap.encode()), *parts])
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/mm7/north", data=body + b"--b--\r\n",
        headers={"Content-Type": "multipart/related; boundary=b"})
    with urllib.request.urlopen(request, timeout=30) as response:
        answer = response.read()
    assert b"<StatusCode>1000<" in answer.replace(b"mm7:", b""), answer
