"""Static files under names that carry a hash of what is in them, packed beforehand, once `script/server` has collected them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Under their plain names as long as nothing is collected: for whoever writes them, and for a process without a server."""

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name
