"""A list of places in MaxMind's format, written by hand, because we ship none."""

import ipaddress
from pathlib import Path
from typing import Any

#: Kinds of numbers, and the list, in the format's own count.
SHORT, WORD, LONG, LIST = 5, 6, 9, 11


def write_places(file: Path, places: dict[str, tuple[str, str]]) -> Path:
    """Write a database of IPv4 networks: a binary tree of 24-bit records, then the data, then the metadata."""
    nodes: list[list[Any]] = [[None, None]]
    data = b""
    for network, (city, country) in places.items():
        parsed = ipaddress.ip_network(network)
        bits = f"{int(parsed.network_address):032b}"[: parsed.prefixlen]
        place = {"city": {"names": {"en": city}}, "country": {"names": {"en": country}}}
        node = 0
        for bit in bits[:-1]:
            if nodes[node][int(bit)] is None:
                nodes.append([None, None])
                nodes[node][int(bit)] = len(nodes) - 1
            node = nodes[node][int(bit)]
        nodes[node][int(bits[-1])] = ("data", len(data))
        data += _encode(place)
    tree = b"".join(_record(each, len(nodes)).to_bytes(3, "big") for node in nodes for each in node)
    metadata = {
        "binary_format_major_version": (SHORT, 2),
        "binary_format_minor_version": (SHORT, 0),
        "build_epoch": (LONG, 1),
        "database_type": "Test",
        "description": {"en": "Test"},
        "ip_version": (SHORT, 4),
        "languages": ["en"],
        "node_count": (WORD, len(nodes)),
        "record_size": (SHORT, 24),
    }
    file.write_bytes(tree + bytes(16) + data + b"\xab\xcd\xefMaxMind.com" + _encode(metadata))
    return file


def _record(value: Any, count: int) -> int:
    if value is None:
        return count
    return count + 16 + int(value[1]) if isinstance(value, tuple) else int(value)


def _encode(value: Any) -> bytes:
    if isinstance(value, dict):
        return bytes([7 << 5 | len(value)]) + b"".join(_encode(key) + _encode(each) for key, each in value.items())
    if isinstance(value, str):
        text = value.encode()
        return bytes([2 << 5 | len(text)]) + text
    if isinstance(value, list):
        return bytes([len(value), LIST - 7]) + b"".join(_encode(each) for each in value)
    kind, number = value
    content = number.to_bytes({SHORT: 2, WORD: 4, LONG: 8}[kind], "big")
    head = bytes([kind << 5 | len(content)]) if kind < 8 else bytes([len(content), kind - 7])
    return head + content
