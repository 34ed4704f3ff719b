# Where a build leaves threadlint's plugin; for the programs that run it on real code and measure it.

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent


def built(llvm):
    """The path of the plugin for one LLVM major, whether it is there or not; CMakePresets.json names the folders."""
    folder = REPOSITORY / ("build" if llvm == 19 else f"build-{llvm}")
    return folder / "lib" / f"threadlint-{llvm}.so"
