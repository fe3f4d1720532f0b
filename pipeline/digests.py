"""Hashes that tell whether an earlier result still holds: of data, and of the code that made it."""

from __future__ import annotations

import ast
import functools
import hashlib
import importlib.metadata
import importlib.util
import sys
from collections.abc import Iterable
from pathlib import Path


def digest_of(*parts: bytes | str) -> str:
    """One hash for several parts; lengths go in too, so that parts cannot flow into each other."""
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.hexdigest()


@functools.cache
def code_digest(modules: tuple[str, ...], follow: bool = True) -> str:
    """A hash of modules and, with `follow`, of all that they import of their own top package and the versions of what else they import."""
    files, libraries = _reach(modules) if follow else ({path for name in modules for path in _files_of(name)}, set())
    root = Path(__file__).resolve().parent.parent
    parts: list[bytes | str] = []
    for path in sorted(files):
        parts += [path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name, path.read_bytes()]
    for name in sorted(libraries):
        parts += [name, _version(name)]
    return digest_of(*parts)


def _reach(modules: tuple[str, ...]) -> tuple[set[Path], set[str]]:
    """Files of the project that `modules` lead to, and the top names of other packages that those import."""
    tops = {name.partition(".")[0] for name in modules}
    pending, seen, files, libraries = list(modules), set(), set(), set()
    while pending:
        name = pending.pop()
        if name in seen:
            continue
        seen.add(name)
        for path in _files_of(name):
            files.add(path)
            if path.suffix == ".py":
                for imported in _imports(path):
                    top = imported.partition(".")[0]
                    if top in tops:
                        pending.append(imported)
                    elif top not in sys.stdlib_module_names:
                        libraries.add(top)
    return files, libraries


def _files_of(module: str) -> Iterable[Path]:
    """A module's file; for a package all files in it, since rules may also stand in data."""
    try:
        spec = importlib.util.find_spec(module)
    except (ModuleNotFoundError, ValueError):
        return ()
    if spec is None or not spec.origin:
        return ()
    origin = Path(spec.origin)
    top = "." not in module
    if origin.name == "__init__.py" and not top:
        return [p for p in origin.parent.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    return [origin]


@functools.cache
def _imports(path: Path) -> frozenset[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


@functools.cache
def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        names = importlib.metadata.packages_distributions().get(package, ())
        return ",".join(f"{name} {importlib.metadata.version(name)}" for name in sorted(set(names)))
