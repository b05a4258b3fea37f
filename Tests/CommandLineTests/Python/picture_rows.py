"""How many different rows of pixels PNG files have, as their size and count: picture_rows.py FILE…  A blank picture has one or two."""
import struct
import sys
import zlib


def rows(path):
    with open(path, "rb") as file:
        data = file.read()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", f"{path} is no PNG"
    width, height = struct.unpack(">II", data[16:24])
    body, position = b"", 8
    while position < len(data):
        length, kind = struct.unpack(">I4s", data[position : position + 8])
        if kind == b"IDAT":
            body += data[position + 8 : position + 8 + length]
        position += length + 12
    pixels = zlib.decompress(body)
    stride = len(pixels) // height
    return width, height, len({pixels[row * stride : (row + 1) * stride] for row in range(height)})


for path in sys.argv[1:]:
    print(*rows(path))
