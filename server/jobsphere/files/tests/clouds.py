"""Stores to test against: a local S3 server (moto), and a small one that speaks and checks Cloudinary's protocol."""

import base64
import hashlib
import io
import json
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import boto3
from botocore.config import Config
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http.multipartparser import MultiPartParser
from moto.server import ThreadedMotoServer

from jobsphere.kit import clock

CLOUD, KEY, SECRET = "testcloud", "4711", "s3cr3t"
BUCKET = "jobsphere-files"


@contextmanager
def s3_server() -> Iterator[str]:
    """Run an S3 with our bucket in it; yields its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    boto3.client("s3", endpoint_url=address, **keys()).create_bucket(Bucket=BUCKET)
    try:
        yield address
    finally:
        server.stop()


def keys() -> dict[str, str]:
    return {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}


def s3_entry(address: str) -> dict[str, Any]:
    """Return the storage entry, as config.file_stores makes it."""
    patience = {"connect_timeout": 2, "read_timeout": 5, "retries": {"max_attempts": 1, "mode": "standard"}}
    return {
        "BACKEND": "jobsphere.files.stores.s3.S3Store",
        "OPTIONS": {
            "bucket_name": BUCKET,
            "endpoint_url": address,
            "region_name": "us-east-1",
            "access_key": "test",
            "secret_key": "test",
            "location": "city",
            "client_config": Config(signature_version="s3v4", s3={"addressing_style": "path"}, **patience),
        },
    }


def cloudinary_entry(address: str) -> dict[str, Any]:
    """Return the storage entry for the server below."""
    url = f"cloudinary://{KEY}:{SECRET}@{CLOUD}?upload_prefix={address}"
    return {
        "BACKEND": "jobsphere.files.stores.cloudinary.CloudinaryStore",
        "OPTIONS": {"url": url, "folder": "jobsphere"},
    }


@contextmanager
def cloudinary_server() -> Iterator[str]:
    """Run a Cloudinary; yields its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Cloudinary)
    server.assets = {}  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Cloudinary(BaseHTTPRequestHandler):
    """Uploads, deletes, signed downloads, and the list of the admin API: only what is signed right is answered."""

    server: Any

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        fields, file = self._form()
        if not signed(fields):
            return self._json(401, {"error": {"message": "Invalid Signature"}})
        public_id = fields["public_id"]
        if self.path.endswith("/raw/upload"):
            assert file is not None
            self.server.assets[public_id] = (file, fields["type"], clock.machine_now())
            return self._json(200, {"public_id": public_id, "bytes": len(file), "type": fields["type"]})
        found = self.server.assets.pop(public_id, None)
        return self._json(200, {"result": "ok" if found else "not found"})

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        if parts.path.endswith("/raw/download"):
            return self._download(query)
        if self.headers["Authorization"] != "Basic " + base64.b64encode(f"{KEY}:{SECRET}".encode()).decode():
            return self._json(401, {"error": {"message": "Wrong key"}})
        asset = unquote(parts.path.partition("/resources/raw/authenticated")[2]).strip("/")
        return self._asset(asset) if asset else self._list(query)

    def _download(self, query: dict[str, str]) -> None:
        found = self.server.assets.get(query["public_id"])
        if not signed(query) or int(query["expires_at"]) < clock.machine_now().timestamp():
            return self._json(401, {"error": {"message": "Stale or wrong"}})
        if found is None or found[1] != query["type"]:
            return self._json(404, {"error": {"message": "Resource not found"}})
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(query["public_id"])[0] or "application/octet-stream")
        if query.get("attachment"):
            self.send_header("Content-Disposition", "attachment")
        self.send_header("Content-Length", str(len(found[0])))
        self.end_headers()
        self.wfile.write(found[0])
        return None

    def _asset(self, public_id: str) -> None:
        if public_id not in self.server.assets:
            return self._json(404, {"error": {"message": f"Resource not found - {public_id}"}})
        return self._json(200, {"public_id": public_id})

    def _list(self, query: dict[str, str]) -> None:
        """Two a page, so that pages are followed."""
        names = sorted(name for name in self.server.assets if name.startswith(query.get("prefix", "")))
        start = int(query.get("next_cursor", 0))
        page = [self._row(name) for name in names[start : start + 2]]
        more = {"next_cursor": str(start + 2)} if len(names) > start + 2 else {}
        return self._json(200, {"resources": page, **more})

    def _row(self, name: str) -> dict[str, Any]:
        content, _, made = self.server.assets[name]
        return {"public_id": name, "bytes": len(content), "created_at": made.strftime("%Y-%m-%dT%H:%M:%SZ")}

    def _form(self) -> tuple[dict[str, str], bytes | None]:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers["Content-Type"]
        if not kind.startswith("multipart/"):
            return dict(parse_qsl(body.decode())), None
        meta = {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body))}
        fields, files = MultiPartParser(meta, io.BytesIO(body), [MemoryFileUploadHandler()]).parse()
        sent: Any = files.get("file")
        file = sent.read() if sent else None
        return {name: str(values[-1]) for name, values in fields.lists()}, file

    def _json(self, status: int, body: dict[str, Any]) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


def signed(fields: dict[str, str]) -> bool:
    """Check a signature as Cloudinary's documentation describes it: SHA-1 of the sorted parameters and the secret."""
    left_out = {"file", "cloud_name", "resource_type", "api_key", "signature"}
    told = sorted(
        f"{name}={value}".replace("&", "%26") for name, value in fields.items() if name not in left_out and value
    )
    wanted = hashlib.sha1(("&".join(told) + SECRET).encode()).hexdigest()
    return fields.get("signature") == wanted and fields.get("api_key") == KEY
