"""A PostgreSQL server of the tests' own, on a free port of 127.0.0.1."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STARTS_WITHIN = 30.0


def server_programs() -> Path | None:
    """The folder of `initdb` and `postgres`, None where no server is installed."""
    on_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = Path(on_path).resolve() if on_path else next(iter(reversed(debian)), None)
    return found.parent if found else None


@contextmanager
def postgresql_server(programs: Path) -> Iterator[str]:
    """A fresh, empty server; gives the address of its database. Raises subprocess.CalledProcessError, TimeoutError."""
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if user is not None:
            shutil.chown(folder, user)
        data = Path(folder) / "data"
        made = ["--no-sync", "--auth=trust", "--username=tests", "--locale=C", "--encoding=UTF8"]
        initdb = [str(programs / "initdb"), *made, str(data)]
        subprocess.run(initdb, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)
        port = _free_port()
        network = ["-h", "127.0.0.1", "-p", str(port), "-c", "unix_socket_directories="]
        postgres = [str(programs / "postgres"), "-D", str(data), "-F", "-c", "shared_buffers=8MB", *network]
        with subprocess.Popen(postgres, user=user, cwd=folder, stderr=subprocess.DEVNULL) as server:
            try:
                _wait_for(programs, port)
                yield f"postgres://tests@127.0.0.1:{port}/postgres?sslmode=disable"
            finally:
                server.terminate()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(programs: Path, port: int) -> None:
    end = time.monotonic() + STARTS_WITHIN
    ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(ready, check=False).returncode != 0:
        if time.monotonic() > end:
            raise TimeoutError("PostgreSQL did not start")
        time.sleep(0.1)
