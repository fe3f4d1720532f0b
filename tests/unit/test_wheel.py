"""What is installed elsewhere than in the repository."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.slow
def test_a_wheel_brings_its_gazetteers_and_works_alone(tmp_path):
    source, wheels, installed = tmp_path / "source", tmp_path / "wheels", tmp_path / "installed"
    wheels.mkdir()
    for name in ("pipeline", "gazetteers"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    build = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
    made = subprocess.run([sys.executable, "-c", build, str(wheels)], cwd=source, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    (wheel,) = wheels.iterdir()
    zipfile.ZipFile(wheel).extractall(installed)
    assert {path.name for path in (ROOT / "gazetteers").iterdir()} == {path.name for path in (installed / "gazetteers").iterdir()}
    (tmp_path / "a.txt").write_text("Sáng 12/01/2022, Khối thi đua Nội chính tỉnh Hòa Bình tổ chức Hội nghị tổng kết năm 2021.\n", "utf-8")
    command = [sys.executable, "-m", "pipeline.cli", "records", "a.txt"]
    found = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(installed)}, capture_output=True, text=True)
    assert found.returncode == 0 and "Khối thi đua Nội chính" in found.stdout, found.stderr
