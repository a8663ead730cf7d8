"""JSON in and out through orjson."""

from typing import Any, ClassVar

import orjson
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.utils.encoders import JSONEncoder

_encoder = JSONEncoder()


def dumps(data: Any) -> bytes:
    """Encode like DRF does (lazy strings, decimals, return lists), as fast as orjson does."""
    return orjson.dumps(data, default=_encoder.default, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


class RawJson(bytes):
    """JSON bytes that the database has already made; passed through unchanged."""


class JsonRenderer(BaseRenderer):
    """Answers in JSON; bytes made by the database pass through."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        if isinstance(data, RawJson):
            return data
        return b"" if data is None else dumps(data)


class JsonParser(BaseParser):
    """Reads a JSON body; anything else is a problem that says where it stopped making sense."""

    media_type = "application/json"
    renderer_class: ClassVar[type[BaseRenderer]] = JsonRenderer

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        body = stream.read()
        if not body:
            return {}
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError(f"The body is not valid JSON: {error}.") from error
