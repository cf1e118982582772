"""Serve Rondom. Put a proxy that speaks HTTPS in front of a production installation.

Stops gracefully on SIGTERM and Ctrl-C: requests that run are finished, for fifteen seconds at most.
"""

import argparse
import os
import socket

HELP = "serve the pages"
GRACE = 15  # seconds for requests that run, before a process that does not stop is stopped


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add address, port and workers."""
    parser.add_argument("--address", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.add_argument(
        "--workers", type=int, default=min(os.cpu_count() or 1, 4), help="processes (default: one per core, at most 4)"
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")


def is_free(address: str, port: int) -> bool:
    """Tell whether something could listen here."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from rondom.core.starting import let_go
    from rondom.installation import DoesNotStart

    if not is_free(options.address, options.port):
        raise DoesNotStart(
            f"Port {options.port} on {options.address} is taken or not allowed. Choose another one with --port."
        )
    let_go()  # the server makes processes: none may share a connection
    Server(
        "rondom.wsgi:application",
        address=options.address,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=max(1, options.workers),
        blocking_threads=4,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        websockets=False,
        log_level=LogLevels.error if options.quiet else LogLevels.info,
    ).serve()
    return 0
