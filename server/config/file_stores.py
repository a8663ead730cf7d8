"""Where files may lie: Django's storage entries for each store that has settings."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env

_NAMES = ("local", "s3", "cloudinary")


def file_stores(upload_dir: Path) -> tuple[str, dict[str, dict[str, Any]]]:
    """Return the name of the store for new contents, and every store that is configured."""
    stores = {"local": local_store(upload_dir)}
    if env.text("S3_BUCKET"):
        stores["s3"] = s3_store("S3", bucket=env.text("S3_BUCKET"), prefix=env.text("S3_PREFIX"))
    if env.text("CLOUDINARY_URL"):
        stores["cloudinary"] = _cloudinary()
    chosen = env.choice("FILE_STORE", _NAMES)
    if chosen not in stores:
        missing = {"s3": "S3_BUCKET", "cloudinary": "CLOUDINARY_URL"}[chosen]
        raise ImproperlyConfigured(f"FILE_STORE is {chosen}, but {missing} is not set")
    return chosen, stores


def local_store(folder: Path) -> dict[str, Any]:
    """Return a folder that only we can read."""
    modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {"BACKEND": "jobsphere.files.stores.local.LocalStore", "OPTIONS": {"location": str(folder), **modes}}


def s3_store(variables: str, *, bucket: str, prefix: str, otherwise: str = "") -> dict[str, Any]:
    """Return a bucket, with the keys of these variables (S3_REGION …), or of others where they are not set.

    Without keys boto3 looks where it always does: its own variables, the machine's role.
    """
    from botocore.config import Config

    def given(name: str, default: str = "") -> str:
        return env.text(f"{variables}_{name}") or (env.text(f"{otherwise}_{name}") if otherwise else "") or default

    styles = ("auto", "path", "virtual")
    if (style := given("ADDRESSING", "auto")) not in styles:
        raise ImproperlyConfigured(f"{variables}_ADDRESSING must be one of {', '.join(styles)}, not {style!r}")
    patience = {"connect_timeout": 5, "read_timeout": 20, "retries": {"max_attempts": 3, "mode": "standard"}}
    return {
        "BACKEND": "jobsphere.files.stores.s3.S3Store",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": given("ENDPOINT_URL") or None,
            "region_name": given("REGION") or None,
            "access_key": given("ACCESS_KEY_ID") or None,
            "secret_key": given("SECRET_ACCESS_KEY") or None,
            "location": prefix,
            "file_overwrite": True,
            "default_acl": None,
            "client_config": Config(signature_version="s3v4", s3={"addressing_style": style}, **patience),
        },
    }


def _cloudinary() -> dict[str, Any]:
    folder = env.text("CLOUDINARY_FOLDER", "jobsphere")
    options = {"url": env.text("CLOUDINARY_URL"), "folder": folder}
    return {"BACKEND": "jobsphere.files.stores.cloudinary.CloudinaryStore", "OPTIONS": options}


def file_store_origins(store: str) -> str:
    """Return where signed addresses of a store lead to; nothing for the folder, which only we read."""
    if store == "cloudinary":
        return "https://api.cloudinary.com https://res.cloudinary.com"
    if store == "s3":
        parts = urlsplit(env.text("S3_ENDPOINT_URL") or "https://s3.amazonaws.com")
        region = env.text("S3_REGION")
        regional = f" https://{env.text('S3_BUCKET')}.s3.{region}.amazonaws.com" if region else ""
        host = f"{parts.scheme}://{parts.netloc}"
        return f"{host} {parts.scheme}://{env.text('S3_BUCKET')}.{parts.netloc}{regional}"
    return ""
