import zipfile
from pathlib import Path

from models.evaluate import pictures


def test_pictures_come_from_folders_and_zips_alike(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as package:
        for name in ("b.png", "a.JPG", "notes.txt"):
            (folder / name).write_bytes(name.encode())
            package.writestr(f"inside/{name}", name.encode())
    for source in (folder, tmp_path / "all.zip"):
        assert [(stem, load()) for stem, load in pictures(source)] == [("a", b"a.JPG"), ("b", b"b.png")]
